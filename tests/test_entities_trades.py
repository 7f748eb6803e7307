"""Names of trades that the first reports had none of: made-up sentences about other colleges and their partners."""

from __future__ import annotations

from pathlib import Path

import pytest
from entity_reports import entities_of, names

from qgraph.text import fold

FOUND = [
    # public homes and health centres
    ("与云岭市儿童福利院签约。", "GovernmentBody", "云岭市儿童福利院"),
    ("学生到云岭市东河镇中心卫生院见习。", "Enterprise", "云岭市东河镇中心卫生院"),
    ("与云岭市公安局东河分局开展共建。", "GovernmentBody", "云岭市公安局东河分局"),
    # offices by their duties, sections that teach, party branches of one department
    ("由质量监控与评估中心负责统稿。", "Department", "质量监控与评估中心"),
    ("数据由招生与就业工作处提供。", "Department", "招生与就业工作处"),
    ("聘请她担任茶艺教研室主任。", "Department", "茶艺教研室"),
    ("机电学院教工党支部通过验收。", "Department", "机电学院教工党支部"),
    ("附属幼儿园招收新生。", "Department", "附属幼儿园"),
    # places of a college and its partners
    ("学校拥有回龙校区、柳溪校区两个校区。", "Base", "柳溪校区"),
    ("参观校内海洋科学馆。", "Base", "海洋科学馆"),
    ("茶艺专业教学资源库通过验收。", "Base", "茶艺专业教学资源库"),
    ("与东河街道办事处合建“银发”社区学堂。", "Base", "“银发”社区学堂"),
    ("建起林下药材种植示范园260亩。", "Base", "林下药材种植示范园"),
    ("学校是云岭省乡村兽医师资培训点。", "Base", "云岭省乡村兽医师资培训点"),
    ("学校建有云岭省道地药材工程技术研究中心。", "Base", "云岭省道地药材工程技术研究中心"),
    # programmes of a province, what two countries run, products, contest entries, events
    ("学校跻身云岭省“楚材”高水平高职学校立项建设单位。", "Project", "云岭省“楚材”高水平高职学校"),
    ("中柬电商工坊在金边开班。", "Project", "中柬电商工坊"),
    ("教师研发的“茶叶分拣视觉识别系统”通过鉴定。", "Project", "茶叶分拣视觉识别系统"),
    ("其中“银帆——浪涌预警浮标”斩获省级金奖。", "Project", "银帆——浪涌预警浮标"),
    ("承办云岭省2031届农林类毕业生供需见面会。", "Project", "云岭省2031届农林类毕业生供需见面会"),
    ("与茶企开设“企中班”，轮流上课。", "Project", "企中班"),
    ("《茶渣综合利用技术》获2030年度云岭省科学技术进步奖二等奖。", "Project", "茶渣综合利用技术"),
    # teams, clubs and who leads them
    ("校女子排球队夺冠。", "Team", "校女子排球队"),
    ("由52名师生组成的“海燕”防汛救援队奔赴灾区。", "Team", "“海燕”防汛救援队"),
    ("“绿萝”青年志愿者协会注册志愿者860人。", "Team", "“绿萝”青年志愿者协会"),
    ("她带领茶叶深加工研究团队攻关。", "Team", "茶叶深加工研究团队"),
    ("教师林翊舟团队获专利2项。", "Team", "林翊舟团队"),
    # honours
    ("茶艺与茶文化专业跻身省级一流特色专业。", "Award", "省级一流特色专业"),
    ("学堂被认定为省级老年教育示范点。", "Award", "省级老年教育示范点"),
    ("林翊舟当选2031年“云岭好人”。", "Award", "2031年“云岭好人”"),
    ("入围教育部“人工智能+职业教育”应用场景典型案例。", "Award", "教育部“人工智能+职业教育”应用场景典型案例"),
    ("学校开展“最美班主任”评选。", "Award", "最美班主任"),
    # titles
    ("《茶叶审评》《茶席设计》被遴选为云岭省课程思政示范课程。", "Course", "茶席设计"),
    ("越南《劳动报》刊文点赞。", "Media", "劳动报"),
    ("举办第十二届“青禾杯”校园技能大比武。", "Competition", "第十二届“青禾杯”校园技能大比武"),
    # persons
    ("附属医院主任医师司马青之获表彰。", "Person", "司马青之"),
    ("队长、康复治疗师向禾舟当选先进。", "Person", "向禾舟"),
    ("学生上官禾、诸葛明轩获奖。", "Person", "上官禾"),
    # public bodies, gardens, halls, learned societies, autonomous regions
    ("与云岭市救助管理站、东河县公安局签约。", "GovernmentBody", "云岭市救助管理站"),
    ("建有木材标本馆、速生林种植园等场馆。", "Base", "木材标本馆"),
    ("建有木材标本馆、速生林种植园等场馆。", "Base", "速生林种植园"),
    ("由中国林学会木材科学分会指导。", "Association", "中国林学会木材科学分会"),
    ("被认定为全区森林防火科普教育示范点。", "Award", "全区森林防火科普教育示范点"),
    ("共建“智采”现场工程师学院。", "IndustryCollege", "“智采”现场工程师学院"),
    ("“碳汇林——红壤修复卫士”在第九届云岭省大学生创业大赛中摘得金奖。", "Project", "碳汇林——红壤修复卫士"),
    ("他带领油茶产业帮扶工作队进村。", "Team", "油茶产业帮扶工作队"),
    ("中老林业学堂在万象揭牌。", "Project", "中老林业学堂"),
    ("设有酒店与烹饪系、航空服务系等8个教学系部。", "Department", "酒店与烹饪系"),
    ("设有酒店与烹饪系、航空服务系等8个教学系部。", "Department", "航空服务系"),
    ("建有银饰锻制技艺传习所。", "Base", "银饰锻制技艺传习所"),
    ("成立苗族芦笙队，参加演出。", "Team", "苗族芦笙队"),
    ("获云岭省文化和旅游厅授予的“优秀实践单位”称号。", "Award", "优秀实践单位"),
    ("被云岭省教育厅命名为全省民族团结进步示范学校。", "Award", "全省民族团结进步示范学校"),
    ("设建筑学院、通识教育部等教学单位。", "Department", "通识教育部"),
    ("与云岭市东河街道社区卫生服务中心签约。", "Enterprise", "云岭市东河街道社区卫生服务中心"),
    ("“蓝焰”志愿服务分队下乡。", "Team", "“蓝焰”志愿服务分队"),
    ("教师主持的“泄漏预警装置”入选目录。", "Project", "泄漏预警装置"),
    ("作品“井安——瓦斯巡检机器人”孵化成功。", "Project", "井安——瓦斯巡检机器人"),
    ("茶艺专业入选国家级骨干专业。", "Award", "国家级骨干专业"),
    # firms whose names hold words of place
    ("与福田里康养（云岭）服务有限公司签约。", "Enterprise", "福田里康养（云岭）服务有限公司"),
]
JUNK = [
    ("聘用合作医院兼职教师301人。", "Enterprise", "合作医院"),
    ("升格为专科层次高等职业学校。", "College", "专科层次高等职业学校"),
    ("推行“课证融通、周测月考”。", "Person", "周测月"),
    ("年处理600吨茶叶生产线投产。", "Base", "处理600吨茶叶生产线"),
    ("教学部门负责落实。", "Department", "教学部"),
    ("农民富不富，关键看产业。", "Person", "富不富"),
    ("学校跻身云岭省“楚材”高水平高职学校立项建设单位。", "Award", "云岭省“楚材”高水平高职学校"),
    ("云岭卫视《渔村纪事》栏目作了报道。", "Document", "渔村纪事"),
    ("云岭广播电视台《渔村故事》、青禾网等媒体作了报道。", "Document", "渔村故事"),
    ("“老茶厂变新课堂” 产业学院里学本领。", "IndustryCollege", "“老茶厂变新课堂”产业学院"),
    ("设建筑学院、通识教育部等教学单位。", "GovernmentBody", "教育部"),
    ("举办先进事迹报告会。", "Project", "先进事迹报告会"),
    ("她抵达哈拉雷，开始教学。", "Person", "哈拉雷"),
    ("湘滨医疗集团旗下云岭市东河中心医院接收学生。", "Base", "湘滨医疗集团旗下云岭市东河中心"),
]


@pytest.mark.parametrize(("text", "type_", "name"), FOUND)
def test_names_of_other_trades_are_found_whole(tmp_path: Path, text: str, type_: str, name: str) -> None:
    _, entities, _ = entities_of(tmp_path, text)
    assert fold(name) in names(entities, type_), [(e.type, e.name, e.aliases) for e in entities]


@pytest.mark.parametrize(("text", "type_", "name"), JUNK)
def test_what_only_looks_like_a_name_is_none(tmp_path: Path, text: str, type_: str, name: str) -> None:
    _, entities, _ = entities_of(tmp_path, text)
    assert fold(name) not in names(entities, type_)


def test_a_name_read_whole_once_is_whole_everywhere(tmp_path: Path) -> None:
    _, entities, _ = entities_of(tmp_path, "设茶艺学院、康复与养老学院两个学院。\n\n康复与养老学院院长林翊舟介绍情况。")
    assert fold("养老学院") not in names(entities, "Department")


def test_a_school_abroad_is_the_same_without_its_country(tmp_path: Path) -> None:
    _, entities, _ = entities_of(
        tmp_path, "与津巴布韦布拉瓦约中央农业学院签约。\n\n主任由布拉瓦约中央农业学院的教师担任。"
    )
    assert sum("布拉瓦约中央农业学院" in e.name for e in entities) == 1


def test_two_plans_of_one_province_are_two(tmp_path: Path) -> None:
    _, entities, _ = entities_of(
        tmp_path, "学校入选云岭省“楚材”高水平高职学校。\n\n茶艺专业群通过云岭省“楚材”高水平专业群中期检查。"
    )
    found = [e.name for e in entities if e.type == "Project"]
    assert len(found) == 2, found
