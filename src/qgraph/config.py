"""Settings: defaults < qgraph.toml < environment (QGRAPH_*) < command-line flags. Unknown keys fail."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qgraph.errors import SettingsError

CONFIG_FILE = Path("qgraph.toml")


class Settings(BaseSettings):
    """All settings, each with its default and a line of help (docs/settings.md is checked against them)."""

    model_config = SettingsConfigDict(env_prefix="QGRAPH_", extra="forbid", frozen=True)

    corpus: Path = Field(Path("corpus"), description="报告所在文件夹")
    index: Path = Field(Path("index"), description="索引所在文件夹，可随时重建")
    models: Path = Field(Path(".models"), description="本地模型文件夹")
    encoder: str = Field("", description="sentence-transformers 模型名或文件夹；空为内置的 multilingual-e5-small")
    query_prefix: str = Field("query: ", description="编码问题时加在前面的文字")
    passage_prefix: str = Field("passage: ", description="编码段落时加在前面的文字")
    host: str = Field("127.0.0.1", description="服务地址")
    port: int = Field(8000, ge=1, le=65535, description="服务端口")
    sparql_timeout: float = Field(10.0, gt=0, description="SPARQL 查询的时限（秒）")
    sparql_limit: int = Field(10_000, gt=0, description="SPARQL 结果的最多行数")
    llm_url: str = Field("", description="OpenAI 兼容接口的地址；空为不用语言模型")
    llm_model: str = Field("", description="语言模型的名称")
    llm_key: str = Field("", description="语言模型接口的密钥")
    llm_timeout: float = Field(60.0, gt=0, description="等待语言模型的时限（秒）")
    llm_first_token: float = Field(20.0, gt=0, description="等待语言模型开始作答的时限（秒）；中途停顿也不得超过它")
    allow_changes: bool = Field(True, description="是否允许经 API 写入人工决定和反馈")


def load_settings(**flags: Any) -> Settings:
    """Settings from all sources; flags that are None do not count. Raises SettingsError."""
    values: dict[str, Any] = {}
    if CONFIG_FILE.is_file():
        try:
            values = tomllib.loads(CONFIG_FILE.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"配置文件 {CONFIG_FILE} 格式有误：{error}", log=str(error)) from error
    given = {key: value for key, value in flags.items() if value is not None}
    try:
        environment = Settings().model_dump(exclude_unset=True)
        return Settings(**{**values, **environment, **given})
    except ValidationError as error:
        names = "、".join(".".join(map(str, e["loc"])) for e in error.errors())
        raise SettingsError(f"这些设置不能用：{names}。", log=str(error)) from error
