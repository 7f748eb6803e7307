"""Deeds in their voices, and what may hide who did them; sentences are made up."""

from __future__ import annotations

import pytest
from report_sentences import said

from qgraph.extraction.statements_deeds import written_out


def check(text: str, expected: list[str], *, case: bool = False) -> None:
    assert said(*text.split("\n"), case=case) == sorted(expected)


def test_a_row_gives_one_rule_for_each_voice_that_it_has_words_for() -> None:
    voices = {"passive": "{o:OBJECT}由{a:AGENT}VERB", "told": "{o:OBJECT}NOUN为{a:AGENT}", "gives": "{s:AGENT}VERB"}
    row = {"agent": "Team", "object": "Project", "verb": "主办", "make": ["a hosts o"]}
    assert [r["pattern"] for r in written_out([row], voices)] == ["{o:Project}由{a:Team}主办", "{s:Team}主办"]
    assert [r["make"] for r in written_out([row], voices)] == [["a hosts o"], ["s hosts o"]]
    assert list(written_out([{**row, "only": ["told"]}], voices)) == []
    assert len(list(written_out([{**row, "without": ["gives"]}], voices))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲花艺赛|Competition]由[乙局|GovernmentBody]主办、[学校|College]承办。",
         ["乙局 hosts 甲花艺赛 role=主办", "校 hosts 甲花艺赛 role=承办"]),
        ("[甲花艺赛|Competition]（承办单位：[学校|College]）闭幕。", ["校 hosts 甲花艺赛 role=承办"]),
        ("作为[甲花艺赛|Competition]的协办单位，[学校|College]派出裁判。", ["校 hosts 甲花艺赛 role=协办"]),
        ("[甲花艺赛|Competition]的主办方为[乙局|GovernmentBody]。", ["乙局 hosts 甲花艺赛 role=主办"]),
        ("[甲盐业联盟|Consortium]换届，[学校|College]当选副会长单位。",
         ["校 participatesIn 甲盐业联盟 role=副会长单位"]),
        ("[甲盐业联盟|Consortium]（理事长单位：[乙盐厂|Enterprise]）成立。", ["乙盐厂 leads 甲盐业联盟"]),
        ("[学校|College]系[甲盐业联盟|Consortium]会长单位。", ["校 leads 甲盐业联盟"]),
        ("[《甲制盐》|Course]的主讲教师为[王某|Person]。", ["王某 leads 《甲制盐》"]),
        ("[王某|Person]被推选为[甲学会|Association]副会长。", ["王某 participatesIn 甲学会"]),
        ("由[王某|Person]主编、[甲社|Enterprise]出版的[《乙书》|Document]上架。", ["王某 leads 《乙书》"]),
        ("[甲厅|GovernmentBody]将[学校|College]列为[“非遗基地”|Award]。",
         ["校 wins “非遗基地”", "“非遗基地” issuedBy 甲厅"]),
        ("[甲厅|GovernmentBody]向[学校|College]颁发[“乙奖状”|Award]。", ["校 wins “乙奖状”", "“乙奖状” issuedBy 甲厅"]),
        ("[甲厅|GovernmentBody]授予教师[王某|Person][“首席技师”|Award]称号。",
         ["王某 wins “首席技师”", "“首席技师” issuedBy 甲厅"]),
        ("[甲协会|Association]命名[乙馆|Base]为[“科普基地”|Award]。",
         ["乙馆 wins “科普基地”", "“科普基地” issuedBy 甲协会"]),
        ("[学校|College]开展[“最美辅导员”|Award]评选。", ["“最美辅导员” issuedBy 校"]),
        ("[甲技能节|Project]在[东区|Base]开幕，[团委|Department]、[学生会|Team]联合主办。",
         ["团委 hosts 甲技能节 role=主办", "学生会 hosts 甲技能节 role=主办", "甲技能节 heldAt 东区",
          "团委 partOf 校", "学生会 partOf 校"]),
        ("[甲联盟|Consortium]由[乙厅|GovernmentBody]倡议，[学校|College]、[丙厂|Enterprise]共同发起成立。",
         ["校 leads 甲联盟", "丙厂 leads 甲联盟"]),
    ],
)  # fmt: skip
def test_deeds_in_their_voices(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲粮库|Enterprise]先后选送保管员80名到[学校|College]轮训。", ["校 trainsFor 甲粮库"]),
        ("[甲酒厂|Enterprise]（总部在外地）与[学校|College]签订协议。", ["校 cooperatesWith 甲酒厂"]),
        ("[学校|College]与[甲集团|Enterprise]旗下[乙医院|Enterprise]推行双主任制。",
         ["校 cooperatesWith 乙医院", "乙医院 partOf 甲集团"]),
        ("与[甲市公安局|GovernmentBody]东城分局开展联建。", []),
        ("[王某|Person]领衔的[甲团队|Team]获[乙赛|Competition]金奖。",
         ["王某 leads 甲团队", "甲团队 wins 乙赛 grade=金奖", "甲团队 partOf 校"]),
        ("[校龙舟队|Team]苦练。美育方面，举办[甲艺术节|Project]。",
         ["校 hosts 甲艺术节 role=举办", "校龙舟队 partOf 校"]),
        ("牵头成立[甲茶业联盟|Consortium]，联盟成员单位41家，为[乙茶厂|Enterprise]培训员工29人。",
         ["校 leads 甲茶业联盟", "校 trainsFor 乙茶厂"]),
        ("[王某|Person]任[甲村|Region]第一书记，牵头开发[“乙项目”|Project]。", ["王某 leads “乙项目”"]),
        ("善款注入[甲助学金|Project]。项目获[乙奖|Award]。", []),
        ("参加[甲训练|Project]，到[学校|College]合影。", ["校 participatesIn 甲训练"]),
    ],
)  # fmt: skip
def test_what_hides_who_acts(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[甲奖学金|Award]得主11名。", ["校 wins 甲奖学金 count=11"]),
        ("[甲馆|Base]年接待5000人，被[乙协会|Association]授予[“科普基地”|Award]称号。",
         ["甲馆 wins “科普基地”", "“科普基地” issuedBy 乙协会"]),
        ("[甲精品课|Award]新增[《乙课》|Course]1门。", ["《乙课》 wins 甲精品课"]),
        ("公布[甲精品课|Award]名单，[《乙课》|Course]榜上有名。", ["《乙课》 wins 甲精品课"]),
        ("学校打造[甲学堂|Base]，2024年被[乙厅|GovernmentBody]认定为[丙示范点|Award]。",
         ["甲学堂 wins 丙示范点", "丙示范点 issuedBy 乙厅"]),
        ("[甲大赛|Competition]上，[王某|Person]一举夺银。", ["王某 wins 甲大赛 grade=银牌"]),
        ("[王某|Person]在[甲大赛|Competition]中获得才艺奖。", ["王某 wins 甲大赛 grade=才艺奖"]),
        ("[甲大赛|Competition]中，[学校|College]有5个项目获奖。", ["校 wins 甲大赛"]),
        ("[甲大赛|Competition]的获奖率上升。", []),
        ("首门[甲精品课|Award][《锻造》|Course]上线。", ["《锻造》 wins 甲精品课"]),
    ],
)  # fmt: skip
def test_prizes_told_from_the_other_side(text: str, expected: list[str]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("毕业生主要去往[甲船厂|Enterprise]。", ["甲船厂 employsGraduates 校"]),
        ("40名学员与[甲船厂|Enterprise]签订就业协议。", ["甲船厂 employsGraduates 校"]),
        ("[王某|Person]毕业后扎根[甲林场|Enterprise]。", ["甲林场 employsGraduates 王某"]),
        ("[甲船厂|Enterprise]从[学校|College]招走毕业生46人。", ["甲船厂 employsGraduates 校"]),
        ("毕业生大多在[甲重工|Enterprise]任职。", ["甲重工 employsGraduates 校"]),
        ("受[甲局|GovernmentBody]委托，完成[乙矿|Enterprise]救护队员培训9期。",
         ["校 trainsFor 甲局", "校 trainsFor 乙矿"]),
        ("送教到[甲盐场|Enterprise]，培训盐工300人。", ["校 trainsFor 甲盐场"]),
        ("[甲厅|GovernmentBody]将水利员培训交由[学校|College]承担。", ["校 trainsFor 甲厅"]),
        ("为[甲盐场|Enterprise]提供职工培训。", ["校 trainsFor 甲盐场"]),
        ("[甲瓷厂|Enterprise]赠予[学校|College]窑炉两座。", ["校 cooperatesWith 甲瓷厂"]),
        ("向[甲医院|Enterprise]捐赠模型。", ["校 cooperatesWith 甲医院"]),
        ("承担[甲药厂|Enterprise]原料检验任务。", ["校 cooperatesWith 甲药厂"]),
        ("[甲瓷厂|Enterprise]成为[学校|College]的校外实训基地。", ["校 cooperatesWith 甲瓷厂"]),
        ("走访[甲林场|Enterprise]，双方签订协议。", ["校 cooperatesWith 甲林场"]),
        ("[旅游学院|Department]设[导游教研室|Department]。", ["导游教研室 partOf 旅游学院", "旅游学院 partOf 校"]),
        ("解剖学教师[王某|Person]备课。", ["王某 partOf 校"]),
        ("[王某|Person]与队友[李某|Person]组成的[甲小组|Team]参赛。",
         ["王某 partOf 甲小组", "李某 partOf 甲小组", "甲小组 partOf 校"]),
        ("走进校内[甲馆|Base]。", ["甲馆 partOf 校"]),
        ("[甲报|Media]以《乙》为题，报道了[丙队|Team]的故事。", ["丙队 reportedBy 甲报", "丙队 partOf 校"]),
    ],
)  # fmt: skip
def test_classes_of_verbs(text: str, expected: list[str]) -> None:
    check(text, expected)
