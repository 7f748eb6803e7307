"""Short names of colleges, and of what is called by their names."""

from __future__ import annotations

import pytest

from qgraph.answering.colleges import Abbreviations

NAMES = (
    "天津大学",
    "天津商业大学",
    "天津职业大学",
    "天津海运职业学院",
    "哈尔滨工业大学",
    "东哈萨克斯坦技术大学",
    "东哈萨克斯坦技术大学鲁班工坊",
    "智能制造实训中心",
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("和天大联合实训的留学生", "和天津大学联合实训的留学生"),
        ("海运职院来了几个人", "天津海运职业学院来了几个人"),
        ("跟东哈技术大学签的备忘录", "跟东哈萨克斯坦技术大学签的备忘录"),
        ("东哈鲁班工坊有多少学生", "东哈萨克斯坦技术大学鲁班工坊有多少学生"),
        ("与天商大合办的专业", "与天津商业大学合办的专业"),
        ("与哈工大合作的企业", "与哈尔滨工业大学合作的企业"),
    ],
)
def test_short_name_of_one_college_is_named_in_full(said: str, meant: str) -> None:
    assert Abbreviations(NAMES).in_full(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "河北工业大学来了多少人",  # ends as a short name does and is another college
        "扩大招生了吗",
        "最大的专业群是哪个",
        "天津大学和天津商业大学",
        "智能制造实训中心面积",
    ],
)
def test_other_words_stay_as_they_are(said: str) -> None:
    assert Abbreviations(NAMES).in_full(said) == said


def test_what_fits_two_colleges_is_left_alone() -> None:
    assert Abbreviations(("甘肃电力学院", "云南电力学院")).in_full("和电力学院合作") == "和电力学院合作"
