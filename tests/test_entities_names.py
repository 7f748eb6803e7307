"""Where names begin and what tells their type: made-up sentences of the kinds that reports of any college hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from entity_reports import entities_of, names

from qgraph.text import fold

FOUND = [
    # bounded by the recogniser's own reading, and by 既有
    ("主要就业单位既有青禾造船集团、云山船舶有限公司等企业，又有海运公司。", "Enterprise", "云山船舶有限公司"),
    ("与中航飞机股份有限公司（以下简称“中航飞机”）、青禾精密有限公司等企业合作。", "Enterprise", "青禾精密有限公司"),
    # schools of a trade, teaching divisions, plants and depots, party committees, brackets inside
    ("前身为1958年创办的云岭纺织机械学校。", "College", "云岭纺织机械学校"),
    ("设公共基础教学部等教学机构。", "Department", "公共基础教学部"),
    ("到湖州市德清酒厂、湖北武汉客运段实习。", "Enterprise", "湖北武汉客运段"),
    ("学生被中国银行宁波分行录用。", "Enterprise", "中国银行宁波分行"),
    ("被中共宁波市委评为先进集体。", "GovernmentBody", "中共宁波市委"),
    ("与福建（平潭）综合实验区管理委员会共建基地。", "GovernmentBody", "福建（平潭）综合实验区管理委员会"),
    # stations, halls and collections; a major before the ending belongs to the name whatever it holds
    ("与镇政府共建竹编技术服务站。", "Base", "竹编技术服务站"),
    ("海洋渔业科普馆对外开放。", "Base", "海洋渔业科普馆"),
    ("主持建设的机械制造与自动化专业教学资源库通过验收。", "Base", "机械制造与自动化专业教学资源库"),
    (
        "汽车制造与试验技术国家级职业教育教师教学创新团队通过验收。",
        "Team",
        "汽车制造与试验技术国家级职业教育教师教学创新团队",
    ),
    ("与青禾集团有限公司、新希望六和股份有限公司等42家企业合作。", "Enterprise", "新希望六和股份有限公司"),
    ("与国家能源集团神东煤炭集团大柳塔煤矿共建实训中心。", "Enterprise", "国家能源集团神东煤炭集团大柳塔煤矿"),
    ("与云山酒业有限公司、石桥酒庄、东河庄园等18家酒庄合作。", "Enterprise", "东河庄园"),
    ("入选全国石油和化工行业产教融合共同体。", "Consortium", "全国石油和化工行业产教融合共同体"),
    ("设有现代农艺系、园林园艺系等8个系部。", "Department", "现代农艺系"),
    ("与宁波市宁海县前童镇人民政府共建基地。", "GovernmentBody", "宁波市宁海县前童镇人民政府"),
    ("投入1200万元新建智能焊接实训中心。", "Base", "智能焊接实训中心"),
    # what is in quotation marks or in a title
    ("漆艺学院成立“髹饰工坊”。", "Base", "髹饰工坊"),
    ("荣获“云岭省平安校园”“云岭省绿色食堂”等称号。", "Award", "云岭省绿色食堂"),
    ("《湖南日报》、红网、华声在线等媒体作了报道。", "Media", "华声在线"),
    ("“木偶戏社”获评优秀学生社团。", "Team", "木偶戏社"),
    ("举办“青禾名医讲坛”8期。", "Project", "青禾名医讲坛"),
    ("先后获福建省“三好学生”称号。", "Award", "福建省“三好学生”"),
    ("市总工会授予学院“助残突出贡献单位”称号。", "Award", "助残突出贡献单位"),
    ("活动被《云岭工人》报报道。", "Media", "云岭工人"),
    ("开发《家庭养花》《旧衣改造》等社区微课20个。", "Course", "旧衣改造"),
    ("帮助友校新建观赏水族养护专业。", "Major", "观赏水族养护"),
    ("短片在“学习强国”平台播放。", "Media", "学习强国"),
    ("定点帮扶宁波市宁海县前童镇竹林村。", "Region", "宁波市宁海县"),
    # bounded by what the recogniser tags: verbs with a complement, adverbs, pronouns, subjects
    ("秘书处设在竹编与漆艺学院。", "Department", "竹编与漆艺学院"),
    ("武术队出战2031年云岭省武术锦标赛，夺得亚军。", "Competition", "2031年云岭省武术锦标赛"),
    ("作品站上第五届青禾创意大赛领奖台。", "Competition", "第五届青禾创意大赛"),
    ("设木雕与家具学院、渔业学院等5个二级学院。", "Department", "木雕与家具学院"),
    ("每周三节汉语课由云岭师范学院派师承担。", "College", "云岭师范学院"),
    ("本人入选第六十届世界技能大赛集训队。", "Competition", "第六十届世界技能大赛"),
    # persons
    ("校长林翊舟任组长。", "Person", "林翊舟"),
    ("蔡小芳获评全国模范教师。", "Person", "蔡小芳"),
    ("机电分院的钱小伟等3名同学参赛。", "Person", "钱小伟"),
    ("护理专业学生苏小清、佟雨小组队参赛。", "Person", "佟雨小"),
    ("秘书长罗方述，副秘书长朱学云出席。", "Person", "罗方述"),
    ("留学生穆罕默德·阿里参加演讲。", "Person", "穆罕默德·阿里"),
    # teams, clubs, party branches, committees
    ("校龙舟队、渔歌社代表学校参加展演。", "Team", "校龙舟队"),
    ("渔业学院党总支通过验收。", "Department", "渔业学院党总支"),
    ("方案提交教材建设与选用委员会审议。", "Department", "教材建设与选用委员会"),
    ("渔业学院小水滴乡村服务队深入村镇。", "Team", "渔业学院小水滴乡村服务队"),
    # honours
    ("团队入选云岭省首批市域产教联合体。", "Award", "云岭省首批市域产教联合体"),
    ("中心被认定为市级科普教育基地。", "Award", "市级科普教育基地"),
    ("评选“星湖名匠”8名、“渔歌标兵”10名。", "Award", "渔歌标兵"),
    ("培育“青禾百工”之星。", "Award", "“青禾百工”之星"),
    ("在云岭省渔歌大赛中获三等奖4项，优秀组织奖3项。", "Award", "云岭省渔歌大赛优秀组织奖"),
    ("学校获云岭省教学成果奖（职业教育类）二等奖。", "Award", "云岭省教学成果奖（职业教育类）"),
    ("入选第四批全国党建工作样板支部培育创建单位。", "Award", "全国党建工作样板支部"),
    ("参加云岭省第三届大学生艺术节，捧回一等奖2项。", "Competition", "云岭省第三届大学生艺术节"),
    # quotations
    ("教务处上线“实训管家”小程序。", "Base", "“实训管家”小程序"),
    ("“渔歌驿站”接待咨询600人次。", "Base", "渔歌驿站"),
    ("为新生开通“青禾通道”，办理入学。", "Project", "青禾通道"),
    ("把“红帆领航”作为党建品牌。", "Project", "红帆领航"),
    ("在“下乡行”“返乡行”社会实践中服务群众。", "Project", "“下乡行”社会实践"),
    ("实施“蓝”帆计划，培养骨干。", "Project", "“蓝”帆计划"),
    ("众创空间“渔创湾”面积2600平方米。", "Department", "渔创湾"),
    ("独立开发“海水养殖工”（5级）职业标准。", "Document", "“海水养殖工”（5级）职业标准"),
    # titles
    ("《渔业安全与法规》列入各专业必修课。", "Course", "渔业安全与法规"),
    ("收到短视频作品14件，其中《渔火》获好评。", "Project", "渔火"),
    ("云岭日报以《渔村里的课堂》为题讲述了他的故事。", "Document", "渔村里的课堂"),
    # events, places and bodies
    ("作品亮相第二十届云岭海洋产品洽谈会。", "Project", "第二十届云岭海洋产品洽谈会"),
    ("举办第三届渔歌文化节。", "Project", "第三届渔歌文化节"),
    ("入选云岭省职业教育产教融合卓越工程。", "Project", "云岭省职业教育产教融合卓越工程"),
    ("包括：维修电工基础培训、渔机检修进阶培训等项目。", "Project", "渔机检修进阶培训"),
    ("在开元寺、清净寺等地讲解。", "Base", "开元寺"),
    ("被泉州网、中国青年报报道。", "Media", "泉州网"),
    ("被学习强国云岭学习平台选用。", "Media", "学习强国云岭学习平台"),
    ("与《青禾装饰技法》同为国家在线精品课程。", "Course", "青禾装饰技法"),
    ("为闽南民营经济输送人才。", "Region", "闽南"),
    ("由泉州市总工会命名。", "Association", "泉州市总工会"),
    ("在老挝琅勃拉邦建成青禾工匠学院。", "Project", "青禾工匠学院"),
    ("由晋江市人民政府牵头。", "Region", "晋江市"),
    ("学校参建“中国-赞比亚职业技术学院”。", "College", "中国-赞比亚职业技术学院"),
    ("云岭日报、青禾网、渔歌新闻等媒体作了报道。", "Media", "青禾网"),
    ("毕业生流向青禾科技股份有限公司（32人）、白鹭电子有限公司（28人）等企业。", "Enterprise", "白鹭电子有限公司"),
]
JUNK = [
    ("短片在“学习强国”平台播放。", "Base", "“学习强国”平台"),
    ("是以渔业类专业为主体的公办全日制高等职业学校。", "College", "公办全日制高等职业学校"),
    ("建成校内外劳动教育实践基地16个。", "Base", "校内外劳动教育实践基地"),
    ("与青禾集团有限公司、新希望六和股份有限公司等42家企业合作。", "Enterprise", "股份有限公司"),
    ("设农艺系等8个系部和思想政治理论课教学部。", "Department", "系部和思想政治理论课教学部"),
    ("完善教学信息系统与管理系列制度。", "Department", "教学信息系"),
    ("与马来西亚林肯大学学院签约。", "College", "马来西亚林肯大学"),
    ("与水利部珠江水利委员会合作。", "Department", "水利部珠江水利委员会"),
    ("承办钳工、焊工2个工种决赛。", "Competition", "工种决赛"),
    ("牢固树立“安全是海员的饭碗工程”理念。", "Project", "安全是海员的饭碗工程"),
    ("入选“深海装备运维”现场工程师专项培养计划。", "Project", "“深海装备运维”现场工程"),
    ("全年发放奖学金37.8万元。", "Award", "发放奖学金"),
    ("来自宁波市宁海县的一个山村。", "Region", "的一个山村"),
    ("构建“国家—省—校”三级教师教学创新团队体系。", "Team", "“国家—省—校”三级教师教学创新团队"),
    ("在宁波南站开展志愿服务。", "Region", "宁波市"),
    ("先看车间、再聊岗位、当场签约。", "Base", "先看车间"),
    ("对新岗位允许专业群增开微专业。", "Major", "允许专业群"),
    ("党建是引领学院发展的引擎。", "Department", "引领学院"),
    ("最大的收获不是图纸，而是学会用客户的眼光看教学。", "Association", "而是学会"),
    ("走进86所生源中学宣讲。", "College", "生源中学"),
    ("其中国家奖学金11人。", "Award", "其中国家奖学金"),
    ("邹平市黄山街道的居民参加活动。", "Region", "黄山市"),
    ("在矿区设站服务职工。", "Region", "阳泉市矿区"),
    ("依托国（境）外培训中心开展交流。", "Department", "培训中心"),
    ("报销由指尖直接打进校园卡。", "Project", "指尖直接打进校园"),
    ("由奉化区人民政府、宁波职业教育集团共建。", "Consortium", "奉化区人民政府职业教育集团"),
    ("辅导员骆小青说，学生进步很快。", "Person", "骆小青说"),
    ("获室内装饰设计赛项银牌。", "Competition", "室内装饰设计赛"),
    ("开展机电工程与自动化学院专业认证。", "Project", "机电工程"),
    ("推进三年行动计划，完成招生计划。", "Project", "三年行动计划"),
    ("设立1200万元渔业人才发展基金。", "Project", "1200万元渔业人才发展基金"),
]


@pytest.mark.parametrize(("text", "type_", "name"), FOUND)
def test_names_are_found_whole(tmp_path: Path, text: str, type_: str, name: str) -> None:
    _, entities, _ = entities_of(tmp_path, text)
    assert fold(name) in names(entities, type_), [(e.type, e.name, e.aliases) for e in entities]


@pytest.mark.parametrize(("text", "type_", "name"), JUNK)
def test_what_is_no_name_is_none(tmp_path: Path, text: str, type_: str, name: str) -> None:
    _, entities, _ = entities_of(tmp_path, text)
    assert fold(name) not in names(entities, type_)


def test_the_own_college_is_named_by_its_clipped_name(tmp_path: Path) -> None:
    _, entities, _ = entities_of(tmp_path, "星湖职院以匠心为校训。")
    assert fold("星湖职院") in names(entities, "College")
    assert sum(e.type == "College" for e in entities) == 1


def test_a_school_is_meant_by_the_short_form_that_the_text_gives(tmp_path: Path) -> None:
    _, entities, _ = entities_of(tmp_path, "大会在巴音青禾职业技术学院（以下简称“青禾学院”）举行，青禾学院致辞。")
    assert fold("青禾学院") in names(entities, "College")
    assert fold("青禾学院") not in names(entities, "Department")


def test_an_own_branch_is_a_base(tmp_path: Path) -> None:
    _, entities, _ = entities_of(tmp_path, "建设云岭市星湖职业技术学院青禾分校，开展青禾分校师资培训。")
    assert fold("青禾分校") in names(entities, "Base")
    assert fold("青禾分校") not in names(entities, "College")
