"""Made-up tables of the kinds that reports print, read from lines in which single spaces part the cells."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_checks import check_document
from report_files import document_to_docx

from qgraph.extraction.observations import extract_observations
from qgraph.extraction.observations_tables import table_doubts
from qgraph.reading import read_report, source_text
from qgraph.records import Document

HEAD = """星澜虚构职业技术学院高等职业教育质量报告

（2024 年度）

一、学生发展

（一）招生与就业

学校各项工作稳步推进，成效明显，社会评价持续向好，得到各方认可。

"""
TAIL = "\n学校的数据由质量办公室汇总，经校长办公会审定后上报，并在学校网站公布，接受社会监督。\n"


LINE = "学校坚持以服务发展为宗旨，各项工作开展顺利，各方通力配合，取得"
PROSE = "\n\n".join([*[LINE] * 13, "了新的进展。"])


def read(table: str, tmp_path: Path) -> Document:
    path = tmp_path / "report.txt"
    path.write_text(HEAD + table.strip().replace("\n", "\n\n") + "\n" + TAIL, encoding="utf-8")
    document = read_report(path)
    check_document(document, source_text(path))
    return document


def told(document: Document) -> list[str]:
    return [
        f"{o.indicator} {o.source_value}{o.unit} {o.period.label}{'' if o.period.stated else '?'}"
        for o in extract_observations(document, (), ())
        if document.sentence_by_id[o.evidence.sentence].table
    ]


TABLES: dict[str, tuple[str, list[str]]] = {
    "periods over columns": (
        """表 1 学校基本情况
项目 2022-2023 学年 2023-2024 学年
全日制在校生（人） 9001 9102
生师比 17.42:1 16.85:1
双师型教师占比 81.20% 100%
教材（种） — 12""",
        [
            "全日制在校生 9001人 2022—2023学年", "全日制在校生 9102人 2023—2024学年",
            "生师比 17.42:1 2022—2023学年", "生师比 16.85:1 2023—2024学年",
            "双师型教师占比 81.20% 2022—2023学年", "双师型教师占比 100% 2023—2024学年",
            "教材 12种 2023—2024学年",
        ],
    ),
    "cohorts over columns": (
        "表 1 2024 届毕业生就业指标\n指标 2023 届 2024 届\n毕业生人数（人） 2108 2187\n自主创业率 1.96% 2.31%",
        ["毕业生人数 2108人 2023届", "毕业生人数 2187人 2024届", "自主创业率 1.96% 2023届", "自主创业率 2.31% 2024届"],
    ),
    "serial numbers, units and parts": (
        """表 1 计分卡
序号 指标 单位 2023 年 2024 年
1 毕业生人数 人 3100 3200
其中：毕业生升学人数 人 500 510
2 毕业三年晋升比例 % 55.10 56.20
在国（境）外组织担任职务的
3 人 5 6
专任教师人数
4 技术服务在云岭虚构企业产生的
经济效益 万元 1200 /
5 月收入 元 4800 5001""",
        [
            "毕业生人数 3100人 2023年", "毕业生人数 3200人 2024年",
            "毕业生升学人数 500人 2023年", "毕业生升学人数 510人 2024年",
            "毕业三年晋升比例 55.10% 2023年", "毕业三年晋升比例 56.20% 2024年",
            "在国（境）外组织担任职务的专任教师人数 5人 2023年", "在国（境）外组织担任职务的专任教师人数 6人 2024年",
            "技术服务在云岭虚构企业产生的经济效益 1200万元 2023年",
            "月收入 4800元 2023年", "月收入 5001元 2024年",
        ],
    ),
    "whose table it is stands under the caption": (
        "附表 1 计分卡\n名称：云岭虚构学院（19999）\n序号 指标 单位 2023 年 2024 年\n"
        "1 毕业生人数 人 3100 3200\n2 月收入 元 4800 5001",
        [
            "毕业生人数 3100人 2023年", "毕业生人数 3200人 2024年",
            "月收入 4800元 2023年", "月收入 5001元 2024年",
        ],
    ),
    "one row told in two units, parts of another kind": (
        """表 1 教学资源表
序号 指标 单位 2023 年 2024 年
1
教学计划内课程总数
门 1200 1250
学时 98000 99120
其中：课证融通课程数
门 60 72
2 教学资源库数 个 12 14
其中：国家级数量 个 1 2
3 中外合作办学专业数 个 3 4
其中：在校生数 人 300 312""",
        [
            "教学计划内课程总数 1200门 2023年", "教学计划内课程总数 1250门 2024年",
            "教学计划内课程总数 98000学时 2023年", "教学计划内课程总数 99120学时 2024年",
            "课证融通课程数 60门 2023年", "课证融通课程数 72门 2024年",
            "教学资源库数 12个 2023年", "教学资源库数 14个 2024年",
            "教学资源库数·国家级数量 1个 2023年", "教学资源库数·国家级数量 2个 2024年",
            "中外合作办学专业数 3个 2023年", "中外合作办学专业数 4个 2024年",
            "中外合作办学专业数·在校生数 300人 2023年", "中外合作办学专业数·在校生数 312人 2024年",
        ],
    ),
    "bare years down the rows": (
        "表 1 近三年毕业去向落实情况\n年份 毕业生数 落实率\n2022 300 96.00%\n2023 310 96.45%",
        [
            "毕业生数 300人 2022年", "毕业去向落实率 96.00% 2022年",
            "毕业生数 310人 2023年", "毕业去向落实率 96.45% 2023年",
        ],
    ),
    "measures down the rows": (
        "表 1 职称结构\n职称 正高 副高 合计\n人数（人） 66 157 223\n比例（%） 29.6 70.4 100",
        [
            "正高人数 66人 2024年?", "副高人数 157人 2024年?", "合计人数 223人 2024年?",
            "正高比例 29.6% 2024年?", "副高比例 70.4% 2024年?", "合计比例 100% 2024年?",
        ],
    ),
    "what is counted stands in the caption": (
        "表 1 校内实训基地（单位：个）\n二级学院 2023 年 2024 年\n机电学院 10 12\n商贸学院 9 8",
        [
            "校内实训基地·机电学院 10个 2023年", "校内实训基地·机电学院 12个 2024年",
            "校内实训基地·商贸学院 9个 2023年", "校内实训基地·商贸学院 8个 2024年",
        ],
    ),
    "columns that name their own units": (
        "表 1 学生资助\n项目 人次 金额（万元）\n国家奖学金 12 9.6\n国家助学金 3100 520.5",
        [
            "国家奖学金人次 12人次 2024年?", "国家奖学金 9.6万元 2024年?",
            "国家助学金人次 3100人次 2024年?", "国家助学金 520.5万元 2024年?",
        ],
    ),
    "a unit column that is not that of all columns": (
        """表 1 满意度调查表
序号 指标 单位 2023 年 2024 年 调查人次 调查方式
1 在校生满意度 % 93.10 94.20 5321 网络问卷
其中：课堂育人满意度 % 92.00 93.50 5321 网络问卷
2 家长满意度 % 94.40 95.10 1830 电话访谈""",
        [
            "在校生满意度 93.10% 2023年", "在校生满意度 94.20% 2024年", "在校生满意度调查人次 5321人次 2024年?",
            "课堂育人满意度 92.00% 2023年", "课堂育人满意度 93.50% 2024年",
            "课堂育人满意度调查人次 5321人次 2024年?",
            "家长满意度 94.40% 2023年", "家长满意度 95.10% 2024年", "家长满意度调查人次 1830人次 2024年?",
        ],
    ),
    "who was asked, with units to choose from": (
        "表 1 满意度调查结果\n调查对象 2024 年 样本量（人/家）\n在校生 96.42% 236\n用人单位 98.67% 41",
        [
            "在校生满意度 96.42% 2024年", "在校生样本量 236人 2024年?",
            "用人单位满意度 98.67% 2024年", "用人单位样本量 41家 2024年?",
        ],
    ),
    "side by side, unit in the caption, one side longer": (
        """表 1 2024 年经费收支
（单位：万元）
收入项目 金额 支出项目 金额
财政拨款 1200.50 日常教学支出 800.00
学费收入 300 人员支出 520.40
其他收入 20
合计 1520.50 合计 1320.40""",
        [
            "财政拨款 1200.50万元 2024年", "日常教学支出 800.00万元 2024年", "学费收入 300万元 2024年",
            "人员支出 520.40万元 2024年", "其他收入 20万元 2024年",
            "收入·合计 1520.50万元 2024年", "支出·合计 1320.40万元 2024年",
        ],
    ),
    "headings in two lines": (
        """表 1 分专业就业（单位：人）
专业名称 2023 届 2024 届
毕业人数 就业人数 毕业人数 就业人数
星海勘测技术 210 203 224 219
合计 210 203 224 219""",
        [
            "星海勘测技术毕业人数 210人 2023届", "星海勘测技术就业人数 203人 2023届",
            "星海勘测技术毕业人数 224人 2024届", "星海勘测技术就业人数 219人 2024届",
            "分专业就业·合计毕业人数 210人 2023届", "分专业就业·合计就业人数 203人 2023届",
            "分专业就业·合计毕业人数 224人 2024届", "分专业就业·合计就业人数 219人 2024届",
        ],
    ),
    "the first column names the row": (
        """表 1 合作企业
序号 企业名称 合作专业 捐赠设备值（万元） 接收实习生（人） 备注
1 星海虚构重工公司 星海勘测技术 120.5 56 长期
2 青岚虚构电子公司 青岚测量技术 — 34 新增
合计 120.5 90""",
        [
            "星海虚构重工公司捐赠设备值 120.5万元 2024年?", "星海虚构重工公司接收实习生 56人 2024年?",
            "青岚虚构电子公司接收实习生 34人 2024年?",
            "合作企业·合计捐赠设备值 120.5万元 2024年?", "合作企业·合计接收实习生 90人 2024年?",
        ],
    ),
    "headings, labels and cells broken over lines": (
        """表 1 学生获奖统计（单位：项）
级别 竞赛名称 一等奖
（金） 二等奖
（银） 合计
国家级
2024年星海虚构院校技能大赛测绘总
决赛 1 2 3
第九届虚构杯全国测量技术专业人
才大赛 2 4 6
小计 3 6 9
省级
2024年云海虚构院校技能大赛 4 5 9""",
        [
            "国家级·星海虚构院校技能大赛测绘总决赛一等奖 1项 2024年",
            "国家级·星海虚构院校技能大赛测绘总决赛二等奖 2项 2024年",
            "国家级·星海虚构院校技能大赛测绘总决赛合计 3项 2024年",
            "国家级·虚构杯全国测量技术专业人才大赛一等奖 2项 第九届（2024年）?",
            "国家级·虚构杯全国测量技术专业人才大赛二等奖 4项 第九届（2024年）?",
            "国家级·虚构杯全国测量技术专业人才大赛合计 6项 第九届（2024年）?",
            "国家级·小计一等奖 3项 2024年?", "国家级·小计二等奖 6项 2024年?", "国家级·小计合计 9项 2024年?",
            "省级·云海虚构院校技能大赛一等奖 4项 2024年", "省级·云海虚构院校技能大赛二等奖 5项 2024年",
            "省级·云海虚构院校技能大赛合计 9项 2024年",
        ],
    ),
    "a number cut in two, a cell that makes up its row": (
        """表 1 专业群布局
序
号
专业群名称 专业数
（个） 牵头专业 建设层次
1 星海测绘专业群 8 星海勘测技术 省级
2 青岚仪器专业群 6 青岚测量技
术 校级""",
        ["星海测绘专业群专业数 8个 2024年?", "青岚仪器专业群专业数 6个 2024年?"],
    ),
    "every cell on a line, a total without a year": (
        """表 1 产业学院一览
产业学院名称
合作企业
成立年份
在读学生（人）
星海测绘产业学院
星海虚构重工公司
2021
412
青岚仪器产业学院
青岚虚构电子公司
2022
286
合计
698""",
        [
            "星海测绘产业学院在读学生 412人 2024年?", "青岚仪器产业学院在读学生 286人 2024年?",
            "产业学院·合计在读学生 698人 2024年?",
        ],
    ),
    "rows over several lines, a year before a name": (
        """表 1 学生获奖统计（单位：项）
级别 竞赛名称
一等奖
（金奖）
二等奖
（银奖）
国家级
2024 年星海虚构院校测绘技能大赛总
决赛争夺赛
1 2
2024 虚构云海国家测绘技能发展与技
术创新大赛
3 4
小计 4 6
省级
2024 年云海虚构大学生数学建模竞赛 14 19""",
        [
            "国家级·星海虚构院校测绘技能大赛总决赛争夺赛一等奖 1项 2024年",
            "国家级·星海虚构院校测绘技能大赛总决赛争夺赛二等奖 2项 2024年",
            "国家级·2024虚构云海国家测绘技能发展与技术创新大赛一等奖 3项 2024年?",
            "国家级·2024虚构云海国家测绘技能发展与技术创新大赛二等奖 4项 2024年?",
            "国家级·小计一等奖 4项 2024年?", "国家级·小计二等奖 6项 2024年?",
            "省级·云海虚构大学生数学建模竞赛一等奖 14项 2024年", "省级·云海虚构大学生数学建模竞赛二等奖 19项 2024年",
        ],
    ),
    "every cell on lines of its own, serial numbers": (
        """表 1 合作企业一览
序
号
专业名称
合作企业
捐赠设备
值（万元）
接收实习
生（人）
备注
1
星海测绘
星海虚构重工公司
75.15
19
长期
2
青岚测量
青岚虚构电子设备有限责
任公司
22.08
66
新增
3
云岭勘测
云岭虚构勘测公司
9.14
81
新增""",
        [
            "星海测绘捐赠设备值 75.15万元 2024年?", "星海测绘接收实习生 19人 2024年?",
            "青岚测量捐赠设备值 22.08万元 2024年?", "青岚测量接收实习生 66人 2024年?",
            "云岭勘测捐赠设备值 9.14万元 2024年?", "云岭勘测接收实习生 81人 2024年?",
        ],
    ),
    "months before figures": (
        """表 1 产业学院
产业学院名称 合作企业 成立时间 在校生（人）
星海测绘产业学院 星海虚构重工股份有限公
司
2021年9月 88
青岚仪器产业学院 青岚虚构电子公司 2022年6月 286
云岭勘测产业学院 云岭虚构勘测公司 2020年11月 38
合计 412""",
        [
            "星海测绘产业学院在校生 88人 2024年?", "青岚仪器产业学院在校生 286人 2024年?",
            "云岭勘测产业学院在校生 38人 2024年?", "产业学院·合计在校生 412人 2024年?",
        ],
    ),
    "years down the rows": (
        "表 1 近年招生情况（单位：人）\n年份 计划数 录取数\n2023 年 3300 3296\n2024 年 3400 3399",
        [
            "招生计划数 3300人 2023年", "录取数 3296人 2023年",
            "招生计划数 3400人 2024年", "录取数 3399人 2024年",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_figures_carry_their_headings(name: str, tmp_path: Path) -> None:
    table, expected = TABLES[name]
    document = read(table, tmp_path)
    assert sorted(told(document)) == sorted(expected)
    assert table_doubts(document) == ()


@pytest.mark.parametrize("name", TABLES)
def test_figures_are_the_same_from_a_word_file(name: str, tmp_path: Path) -> None:
    table, expected = TABLES[name]
    path = tmp_path / "2024.docx"
    document_to_docx(read(table, tmp_path), path, dress="styles")
    assert sorted(told(read_report(path))) == sorted(expected)


@pytest.mark.parametrize(
    ("again", "number"),
    [
        ("表 1 合作情况（续）\n\n类别 2023 年 2024 年\n\n", "— 2 —"),
        ("续表 1\n\n类别 2023 年 2024 年\n\n", " 2 "),
        ("类别 2023 年 2024 年\n\n", "- 2 -"),
        ("", " 2 "),
    ],
)
def test_a_table_goes_on_over_the_page(again: str, number: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        HEAD + f"{PROSE}\n\n— 1 —\n\n{PROSE}\n\n表 1 合作情况\n\n类别 2023 年 2024 年\n\n合作企业（家） 110 132"
        f"\n\n{number}\n\n{again}实训基地（个） 45 2\n\n横向课题（项） 20 25\n\n{PROSE}\n\n— 3 —\n\n{PROSE}\n\n 4 \n",
        encoding="utf-8",
    )
    document = read_report(path)
    check_document(document, source_text(path))
    assert [t.rows for t in document.tables] == [4]
    assert told(document) == [
        "合作企业 110家 2023年", "合作企业 132家 2024年", "实训基地 45个 2023年", "实训基地 2个 2024年",
        "横向课题 20项 2023年", "横向课题 25项 2024年",
    ]  # fmt: skip
    assert [page.page for page in document.pages if page.printed] == [1, 2, 3, 4]


@pytest.mark.parametrize("number", [" 2 ", "— 2 —", "2"])
def test_a_page_number_never_grows_into_a_figure(number: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        HEAD + f"{PROSE}\n\n— 1 —\n\n{PROSE}\n\n学校与境外多所院校开展交流，各项工作开展顺利，全年派出师生 86\n\n"
        f"{number}\n\n人次，成效明显。\n\n{PROSE}\n\n— 3 —\n\n{PROSE}\n",
        encoding="utf-8",
    )
    document = read_report(path)
    assert "全年派出师生 86人次，成效明显。" in document.text
    assert [str(o.value) for o in extract_observations(document, (), ()) if o.unit == "人次"] == ["86"]


def test_a_cell_is_no_page_number(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(
        HEAD + f"{PROSE}\n\n— 1 —\n\n{PROSE}\n\n表 1 获奖数量\n\n级别\n\n数量（项）\n\n国家级\n\n3\n\n2\n\n"
        f"省级\n\n7\n\n{PROSE}\n\n— 3 —\n\n{PROSE}\n",
        encoding="utf-8",
    )
    assert "\n2" in read_report(path).text


UNSURE = {
    "a cell is missing": (
        "表 1 合作\n类别 2023 年 2024 年\n企业（家） 11 12\n基地（个） 45\n课题（项） 20 25", "基地（个） 45"
    ),
    "a cell is too much": (
        "表 1 合作\n类别 2023 年 2024 年\n企业（家） 11 12\n基地（个） 45 46 47\n课题（项） 20 25",
        "基地（个） 45 46 47",
    ),
    "nothing tells the unit": ("表 1 馆藏\n指标 2023 年 2024 年\n图书（万册） 88.4 90.1\n拓片 7 8", "7"),
}


@pytest.mark.parametrize("name", UNSURE)
def test_what_cannot_be_told_surely_is_left_to_staff(name: str, tmp_path: Path) -> None:
    table, doubtful = UNSURE[name]
    document = read(table, tmp_path)
    doubts = table_doubts(document)
    assert doubts[0].text == doubtful
    assert all(doubt.kind == "table" and doubt.reason for doubt in doubts)
    assert not any(label in line for line in told(document) for label in ("基地", "拓片"))


def test_what_shares_a_label_that_cannot_be_told_is_not_told(tmp_path: Path) -> None:
    table = """表 1 学生获奖统计（单位：项）
级别 竞赛名称 一等奖 二等奖
国家级 星海虚构测绘技能大赛 1 2
云海虚构测绘技能大赛 3 4
省级 青岚虚构仪器技能大赛 5 6 7
云岭虚构勘测技能大赛 8 9
市级 云溪虚构技能大赛 7 8"""
    document = read(table, tmp_path)
    assert [doubt.text for doubt in table_doubts(document)] == [
        "省级 青岚虚构仪器技能大赛 5 6 7", "云岭虚构勘测技能大赛 8 9",
    ]  # fmt: skip
    assert [line.split()[1] for line in told(document)] == ["1项", "2项", "3项", "4项", "7项", "8项"]


def test_a_heading_whose_end_cannot_be_told_gives_no_figures(tmp_path: Path) -> None:
    table = """表 1 学生获奖统计（单位：项）
级别
竞赛名称
一等奖
二等奖
合计
国家级
星海虚构测绘技能大赛
11
省级
云海虚构测绘技能大赛
4
5
9
小计
15
5"""
    document = read(table, tmp_path)
    assert told(document) == []
    assert "云海虚构测绘技能大赛" in document.text


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_beginning_of_a_table_is_read(count: int, tmp_path: Path) -> None:
    lines = ["合计 698", "2021", "412"]
    assert told(read("表 1 产业学院一览\n" + "\n".join(lines[:count]), tmp_path)) == []


def test_a_figure_below_a_running_title_is_no_second_page_number(tmp_path: Path) -> None:
    title = "星澜虚构职业技术学院高等职业教育质量报告（2024 年度）"
    path = tmp_path / "report.txt"
    path.write_text(
        HEAD + f"{PROSE}\n\n- 1 -\n\n{title}\n\n{PROSE}\n\n表 1 获奖数量\n\n级别\n\n数量（项）\n\n国家级\n\n"
        f"- 2 -\n\n{title}\n\n3\n\n省级\n\n7\n\n{PROSE}\n\n- 3 -\n\n{title}\n\n{PROSE}\n",
        encoding="utf-8",
    )
    assert [line.split()[1] for line in told(read_report(path))] == ["3项", "7项"]


def test_a_heading_that_does_not_fit_its_rows_gives_no_figures(tmp_path: Path) -> None:
    table = "表 1 合作\n类别 2023 年 2024 年\n企业（家） 11 12 13\n基地（个） 45 46 47\n课题（项） 20 25 26"
    document = read(table, tmp_path)
    assert told(document) == []
    assert "企业（家） 11 12 13" in document.text


def test_rows_with_numbers_are_no_headings(tmp_path: Path) -> None:
    table = "计分卡\n序号 指标 单位 2023 年 2024 年\n1 毕业生人数 人 31 32\n2 专任教师 人 9 10\n3 校园占地 亩 600 601"
    document = read(table, tmp_path)
    assert [s.number for s in document.sections if s.number[:1].isdigit()] == []
    assert told(document)[-1] == "校园占地 601亩 2024年"
