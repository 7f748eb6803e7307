"""Sentences as reports of other trades have them (铁道, 医药, 农业, 财经, 艺术, 旅游, 化工, 航海, 公安, 师范 …).

They were written before any failure on a report was looked at, so they measure how rules carry over.
"""

from __future__ import annotations

import pytest
from report_sentences import said


def check(text: str, expected: list[str]) -> None:
    assert said(*text.split("\n")) == sorted(expected)


BUILDING = [
    ("学校牵手[甲铁路局|Enterprise]，建起[乙实训基地|Base]。",
     ["校 coBuilds 乙实训基地", "甲铁路局 coBuilds 乙实训基地", "校 cooperatesWith 甲铁路局"]),
    ("[学校|College]依托[甲医院|Enterprise]优质资源，校院共建[乙产业学院|IndustryCollege]，实行“双主任”制。",
     ["校 coBuilds 乙产业学院", "甲医院 coBuilds 乙产业学院", "校 cooperatesWith 甲医院"]),
    ("[甲公司|Enterprise]投入设备价值800万元，与[学校|College]共建[乙中心|Base]。",
     ["校 coBuilds 乙中心", "甲公司 coBuilds 乙中心", "校 cooperatesWith 甲公司"]),
    ("在[甲局|GovernmentBody]指导下，[学校|College]与[乙农业公司|Enterprise]、[丙合作社|Enterprise]共建[丁小院|Base]3个。",
     ["校 coBuilds 丁小院", "乙农业公司 coBuilds 丁小院", "丙合作社 coBuilds 丁小院",
      "校 cooperatesWith 乙农业公司", "校 cooperatesWith 丙合作社"]),
    ("[甲海事中心|Base]由[学校|College]与[乙航运公司|Enterprise]共同出资建设。",
     ["校 coBuilds 甲海事中心", "乙航运公司 coBuilds 甲海事中心", "校 cooperatesWith 乙航运公司"]),
    ("[学校|College]先后与[甲酒店|Enterprise]、[乙旅行社|Enterprise]等28家企业签订校企合作协议。",
     ["校 cooperatesWith 甲酒店", "校 cooperatesWith 乙旅行社"]),
    ("[甲公司|Enterprise]总经理一行来校考察，双方就订单培养达成合作意向。", ["校 cooperatesWith 甲公司"]),
    ("[护理学院|Department]与[甲医院|Enterprise]实行“院校合一”办学，共同制定人才培养方案。",
     ["护理学院 cooperatesWith 甲医院", "护理学院 partOf 校"]),
    ("与[甲集团|Enterprise]合作开设“冷链物流”订单班2个，培养学生86人。", ["校 cooperatesWith 甲集团"]),
    ("[甲集团|Enterprise]捐建的[乙实训楼|Base]投入使用。", ["甲集团 coBuilds 乙实训楼", "校 cooperatesWith 甲集团"]),
    ("[学校|College]携手[甲非遗馆|Base]、[乙剧团|Enterprise]，共同组建[丙戏曲学院|IndustryCollege]。",
     ["校 coBuilds 丙戏曲学院", "甲非遗馆 coBuilds 丙戏曲学院", "乙剧团 coBuilds 丙戏曲学院",
      "校 cooperatesWith 甲非遗馆", "校 cooperatesWith 乙剧团"]),
    ("依托与[甲公安局|GovernmentBody]签订的战略合作框架协议，选派学生86人赴基层所队实习。",
     ["校 cooperatesWith 甲公安局"]),
]  # fmt: skip

LEADING = [
    ("由[学校|College]牵头，联合[甲公司|Enterprise]、[乙大学|College]组建的[丙共同体|Consortium]正式成立。",
     ["校 leads 丙共同体", "校 cooperatesWith 甲公司", "校 cooperatesWith 乙大学",
      "甲公司 participatesIn 丙共同体", "乙大学 participatesIn 丙共同体"]),
    ("[学校|College]作为理事长单位牵头成立[甲职教集团|Consortium]，成员单位达68家。", ["校 leads 甲职教集团"]),
    ("[甲共同体|Consortium]由[乙集团|Enterprise]、[丙大学|College]、[学校|College]三方共同牵头组建。",
     ["乙集团 leads 甲共同体", "丙大学 leads 甲共同体", "校 leads 甲共同体",
      "校 cooperatesWith 乙集团", "校 cooperatesWith 丙大学"]),
    ("以[王某|Person]教授为带头人的[甲团队|Team]深入车间开展技术攻关。", ["王某 leads 甲团队", "甲团队 partOf 校"]),
    ("[王某|Person]领衔的[甲工作室|Base]获批省级立项。", ["王某 leads 甲工作室"]),
    ("[学校|College]当选[甲学会|Association]会长单位。", ["校 leads 甲学会"]),
    ("[学校|College]是[甲联盟|Consortium]的发起单位和秘书长单位。", ["校 participatesIn 甲联盟 role=发起单位"]),
    ("[学校|College]加入[甲职教联盟|Consortium]，成为副理事长单位。", ["校 participatesIn 甲职教联盟"]),
    ("[王某|Person]任[甲公司|Enterprise]董事长。", ["王某 leads 甲公司"]),
]  # fmt: skip

HOSTING = [
    ("由[甲省教育厅|GovernmentBody]主办、[学校|College]承办的[乙技能大赛|Competition]圆满落幕。",
     ["甲省教育厅 hosts 乙技能大赛 role=主办", "校 hosts 乙技能大赛 role=承办"]),
    ("[甲技能竞赛|Competition]在[学校|College]举行，来自全省的120名选手参赛。", ["甲技能竞赛 heldAt 校"]),
    ("[甲研讨会|Project]由[乙协会|Association]主办，[学校|College]承办，[丙公司|Enterprise]协办。",
     ["乙协会 hosts 甲研讨会 role=主办", "校 hosts 甲研讨会 role=承办", "丙公司 hosts 甲研讨会 role=协办"]),
    ("学校连续五年承办[甲职业院校技能大赛|Competition]“护理技能”赛项。", ["校 hosts 甲职业院校技能大赛 role=承办"]),
    ("[经济管理学院|Department]组织师生走进[甲社区|Region]开展[“金融知识进万家”活动|Project]。",
     ["经济管理学院 hosts “金融知识进万家”活动", "“金融知识进万家”活动 heldAt 甲社区", "经济管理学院 partOf 校"]),
    ("[甲论坛|Competition]于11月8日在[乙市|Region]召开。", ["甲论坛 heldAt 乙市"]),
    ("[甲书画展|Project]在[乙美术馆|Base]开展，展出作品80幅。", ["甲书画展 heldAt 乙美术馆"]),
    ("[学校|College]受[甲厅|GovernmentBody]委托，举办[乙研修班|Project]，培训骨干教师60人。",
     ["校 hosts 乙研修班 role=举办", "校 trainsFor 甲厅"]),
]  # fmt: skip

TAKING_PART = [
    ("[学校|College]选派12名选手参加[甲职业技能大赛|Competition]。", ["校 participatesIn 甲职业技能大赛"]),
    ("[学校|College]受邀出席[甲博览会|Competition]并作经验交流。", ["校 participatesIn 甲博览会"]),
    ("[学校|College]组队赴[甲市|Region]参加[乙博览会|Project]，展出茶艺作品。",
     ["校 participatesIn 乙博览会", "乙博览会 heldAt 甲市"]),
    ("[王某|Person]入选[甲人才计划|Project]。", ["王某 participatesIn 甲人才计划"]),
    ("[甲公司|Enterprise]、[乙学校|College]等36家单位加入[丙集团|Consortium]。",
     ["甲公司 participatesIn 丙集团", "乙学校 participatesIn 丙集团"]),
]  # fmt: skip

TRAINING = [
    ("[学校|College]承接[甲油田公司|Enterprise]安全管理人员培训，全年开班12期。", ["校 trainsFor 甲油田公司"]),
    ("面向[甲铁路局|Enterprise]、[乙地铁公司|Enterprise]开展司机岗前培训1200人次。",
     ["校 trainsFor 甲铁路局", "校 trainsFor 乙地铁公司"]),
    ("为[甲县|Region]农业农村局、[乙合作社|Enterprise]培训高素质农民300人。", ["校 trainsFor 乙合作社"]),
    ("[甲医院|Enterprise]选派护士长30名到[学校|College]参加教学能力培训。", ["校 trainsFor 甲医院"]),
    ("[学校|College]对[甲公司|Enterprise]的新入职员工进行岗前培训。", ["校 trainsFor 甲公司"]),
    ("毕业生主要就业于[甲铁路局|Enterprise]、[乙地铁公司|Enterprise]、[丙集团|Enterprise]等企业。",
     ["甲铁路局 employsGraduates 校", "乙地铁公司 employsGraduates 校", "丙集团 employsGraduates 校"]),
    ("2024届毕业生在[甲医院|Enterprise]就业36人，在[乙药业|Enterprise]就业22人。",
     ["甲医院 employsGraduates 校 cohort=2024届", "乙药业 employsGraduates 校 cohort=2024届"]),
    ("[甲银行|Enterprise]、[乙保险公司|Enterprise]等单位来校招聘，录用2023届毕业生45人。",
     ["甲银行 employsGraduates 校 cohort=2023届", "乙保险公司 employsGraduates 校 cohort=2023届"]),
    ("2023届录用毕业生人数较多的单位有：[甲船厂|Enterprise]（56人）、[乙航运公司|Enterprise]（31人）。",
     ["甲船厂 employsGraduates 校 cohort=2023届", "乙航运公司 employsGraduates 校 cohort=2023届"]),
    ("该班38名毕业生全部被[甲化工集团|Enterprise]录用。", ["甲化工集团 employsGraduates 校"]),
]  # fmt: skip

WINNING = [
    ("[学校|College]被[甲省教育厅|GovernmentBody]评为[“文明校园”|Award]。",
     ["校 wins “文明校园”", "“文明校园” issuedBy 甲省教育厅"]),
    ("[王某|Person]同学在[甲技能大赛|Competition]“导游服务”赛项中夺得一等奖。", ["王某 wins 甲技能大赛 grade=一等奖"]),
    ("在2024年[全国甲大赛|Competition]中，[学校|College]选手[王某|Person]、[李某|Person]斩获金牌。",
     ["王某 partOf 校", "李某 partOf 校", "王某 wins 全国甲大赛 grade=金牌 level=国家级 year=2024",
      "李某 wins 全国甲大赛 grade=金牌 level=国家级 year=2024"]),
    ("[学校|College]师生在[全国甲大赛|Competition]中共获一等奖3项、二等奖5项。",
     ["校 wins 全国甲大赛 count=3 grade=一等奖 level=国家级", "校 wins 全国甲大赛 count=5 grade=二等奖 level=国家级"]),
    ("教师[王某|Person]荣获[“省级教学名师”|Award]称号，[李某|Person]获评[“省技术能手”|Award]。",
     ["王某 wins “省级教学名师” level=省部级", "李某 wins “省技术能手”", "王某 partOf 校"]),
    ("[《甲剧》|Project]摘得[乙艺术节|Competition]金奖。", ["《甲剧》 wins 乙艺术节 grade=金奖"]),
    ("[甲省教育厅|GovernmentBody]授予[学校|College][“平安校园”|Award]称号。",
     ["校 wins “平安校园”", "“平安校园” issuedBy 甲省教育厅"]),
    ("[护理专业|Major]入选[省级特色专业|Award]。", ["护理专业 wins 省级特色专业 level=省部级"]),
    ("[王某|Person]，[护理学院|Department]教师，2023年获[“全国优秀教师”|Award]称号。",
     ["王某 wins “全国优秀教师” level=国家级 year=2023", "王某 partOf 护理学院", "护理学院 partOf 校"]),
    ("[甲大赛|Competition]获奖名单公布，[学校|College]参赛队荣获团体二等奖。", ["校 wins 甲大赛 grade=二等奖"]),
    ("[《甲教材》|Document]获[首届全国教材建设奖|Award]二等奖。",
     ["《甲教材》 wins 首届全国教材建设奖 grade=二等奖 level=国家级"]),
    ("[王某|Person]指导的学生获得[甲大赛|Competition]三等奖。", ["校 wins 甲大赛 grade=三等奖"]),
    ("[甲大赛|Competition]一等奖获得者[王某|Person]返校交流。", ["王某 wins 甲大赛 grade=一等奖"]),
]  # fmt: skip

PARTS = [
    ("[学校|College]位于[甲市|Region]高新区，占地800亩。", ["校 locatedIn 甲市"]),
    ("[甲馆|Base]坐落在[乙校区|Base]东侧。", ["甲馆 locatedIn 乙校区"]),
    ("[甲专业群|Major]涵盖[乙专业|Major]、[丙专业|Major]、[丁专业|Major]3个专业。",
     ["乙专业 partOf 甲专业群", "丙专业 partOf 甲专业群", "丁专业 partOf 甲专业群"]),
    ("[甲集团|Enterprise]旗下[乙公司|Enterprise]接收实习生30人。", ["乙公司 partOf 甲集团"]),
    ("[甲公司|Enterprise]技术总监[王某|Person]受聘为产业教授。", ["王某 partOf 甲公司"]),
    ("[学校|College]与[泰国|Country][甲学院|College]合作开展中文教学。",
     ["校 cooperatesWith 甲学院", "甲学院 locatedIn 泰国"]),
    ("[老挝|Country]留学生30人来校学习铁道机车专业。", []),
    ("[甲鲁班工坊|Base]在[埃及|Country]揭牌运营。", ["甲鲁班工坊 partnersCountry 埃及"]),
]  # fmt: skip

SAYING = [
    ("[省甲厅|GovernmentBody]联合[省乙厅|GovernmentBody]印发[《丙方案》|Document]。",
     ["《丙方案》 issuedBy 省甲厅", "《丙方案》 issuedBy 省乙厅"]),
    ("[学校|College]出台[《甲办法》|Document]等制度12项。", ["《甲办法》 issuedBy 校"]),
    ("根据[教育部|GovernmentBody]印发的[《甲通知》|Document]要求，学校成立专班。", ["《甲通知》 issuedBy 教育部"]),
    ("[《甲日报》|Media]以[《乙文》|Document]为题报道了[学校|College]乡村振兴工作。", ["校 reportedBy 《甲日报》"]),
    ("[丙活动|Project]获[甲电视台|Media]、[乙网|Media]等媒体关注报道。",
     ["丙活动 reportedBy 甲电视台", "丙活动 reportedBy 乙网"]),
    ("[甲事迹展演|Project]先后被[学习强国|Media]、[乙报|Media]刊载。",
     ["甲事迹展演 reportedBy 学习强国", "甲事迹展演 reportedBy 乙报"]),
    ("[王某|Person]的先进事迹在[甲报|Media]头版刊发。", ["王某 reportedBy 甲报"]),
    ("[学校|College]典型做法被[甲报|Media]、[乙台|Media]专题报道。", ["校 reportedBy 甲报", "校 reportedBy 乙台"]),
    ("[《甲规范》|Document]由[学校|College]牵头制定，[乙协会|Association]发布实施。",
     ["校 leads 《甲规范》", "《甲规范》 issuedBy 乙协会"]),
]  # fmt: skip


# written after the rules that the first ones had led to, before these had been tried on them; so were the third
# and the fourth
SECOND = [
    # 医药
    ("[护理学院|Department]与[甲医院|Enterprise]、[乙疾控中心|GovernmentBody]建立教学联盟，互聘专家12名。",
     ["护理学院 cooperatesWith 甲医院", "护理学院 cooperatesWith 乙疾控中心", "护理学院 partOf 校"]),
    ("临床专业学生全部进入[甲医院|Enterprise]、[乙医院|Enterprise]进行毕业实习。",
     ["校 cooperatesWith 甲医院", "校 cooperatesWith 乙医院"]),
    ("[学校|College]附属医院[甲医院|Enterprise]获批[省级示范实习基地|Award]。",
     ["甲医院 wins 省级示范实习基地 level=省部级"]),
    # 农业
    ("选派[王某|Person]等6名科技特派员赴[甲县|Region]开展技术服务，推广新品种12个。", []),
    ("与[甲县人民政府|GovernmentBody]签约共建[乙乡村振兴学院|IndustryCollege]，[王某|Person]任院长。",
     ["校 coBuilds 乙乡村振兴学院", "甲县人民政府 coBuilds 乙乡村振兴学院", "校 cooperatesWith 甲县人民政府",
      "王某 leads 乙乡村振兴学院"]),
    ("[学校|College]获评[“全国乡村振兴人才培养优质校”|Award]。", ["校 wins “全国乡村振兴人才培养优质校” level=国家级"]),
    ("[甲茶叶公司|Enterprise]为[学校|College]捐赠价值120万元的加工设备。", ["校 cooperatesWith 甲茶叶公司"]),
    # 财经
    ("[会计学院|Department]与[甲会计师事务所|Enterprise]共建共享[“乙”云财务中心|Base]。",
     ["会计学院 coBuilds “乙”云财务中心", "甲会计师事务所 coBuilds “乙”云财务中心",
      "会计学院 cooperatesWith 甲会计师事务所", "会计学院 partOf 校"]),
    ("近三年，[甲银行|Enterprise]累计接收[学校|College]毕业生126人。", ["甲银行 employsGraduates 校"]),
    ("[甲银行|Enterprise]在校设立[“乙”奖学金|Award]，每年资助30名学生。", ["校 cooperatesWith 甲银行"]),
    # 艺术
    ("[王某|Person]创作的[《甲》|Project]入选[乙美术展览|Competition]。", ["《甲》 participatesIn 乙美术展览"]),
    ("[舞蹈系|Department]原创作品[《甲》|Project]斩获[全国乙舞蹈大赛|Competition]金奖。",
     ["《甲》 wins 全国乙舞蹈大赛 grade=金奖 level=国家级", "舞蹈系 partOf 校"]),
    ("[学校|College]聘请[王某|Person]、[李某|Person]为客座教授。", []),
    ("[非遗传承人|Award][王某|Person]领办的[甲大师工作室|Base]挂牌。",
     ["王某 leads 甲大师工作室", "王某 wins 非遗传承人"]),
    # 旅游
    ("[学校|College]作为[甲协会|Association]副会长单位，参与制定[《乙规范》|Document]。",
     ["校 participatesIn 甲协会 role=副会长单位", "《乙规范》 issuedBy 校"]),
    ("[甲国际旅游节|Competition]期间，[学校|College]选派志愿者80名。", []),
    ("由[甲市文旅局|GovernmentBody]指导、[学校|College]主办的[乙导游大赛|Competition]举行。",
     ["校 hosts 乙导游大赛 role=主办"]),
    # 化工
    ("[学校|College]与[甲化工集团|Enterprise]、[乙大学|College]联合申报的[丙项目|Project]获批立项。",
     ["校 cooperatesWith 甲化工集团", "校 cooperatesWith 乙大学", "甲化工集团 coBuilds 丙项目",
      "乙大学 coBuilds 丙项目", "校 coBuilds 丙项目"]),
    ("[甲化工集团|Enterprise]委托[学校|College]开展安全培训，全年培训1200人次。", ["校 trainsFor 甲化工集团"]),
    ("[学校|College]牵头成立[全国甲行业产教融合共同体|Consortium]，[乙集团|Enterprise]任理事长单位。",
     ["校 leads 全国甲行业产教融合共同体", "乙集团 leads 全国甲行业产教融合共同体"]),
    # 航海
    ("[航海学院|Department]为[甲海运公司|Enterprise]开展船员培训8期。",
     ["航海学院 trainsFor 甲海运公司", "航海学院 partOf 校"]),
    ("[甲海运公司|Enterprise]每年选派船长来校授课，双方共建[乙船员培训中心|Base]。",
     ["校 coBuilds 乙船员培训中心", "甲海运公司 coBuilds 乙船员培训中心", "校 cooperatesWith 甲海运公司"]),
    # 公安司法
    ("[学校|College]承接[甲监狱管理局|GovernmentBody]民警轮训，培训460人次。", ["校 trainsFor 甲监狱管理局"]),
    ("[学校|College]与[甲法院|GovernmentBody]签署合作框架协议，设立[“乙”法庭|Base]。",
     ["校 coBuilds “乙”法庭", "甲法院 coBuilds “乙”法庭", "校 cooperatesWith 甲法院"]),
    # 师范学前
    ("[学前教育学院|Department]对口帮扶[甲幼儿园|College]、[乙幼儿园|College]，送教上门12次。",
     ["学前教育学院 cooperatesWith 甲幼儿园", "学前教育学院 cooperatesWith 乙幼儿园", "学前教育学院 partOf 校"]),
    ("[王某|Person]、[李某|Person]双双入选[省级教学名师|Award]。",
     ["王某 wins 省级教学名师 level=省部级", "李某 wins 省级教学名师 level=省部级"]),
    # 奖
    ("学生[王某|Person]获一等奖，[李某|Person]获二等奖，均来自[甲大赛|Competition]。", ["王某 partOf 校"]),
    ("在[全国甲大赛|Competition]上，[王某|Person]获金牌，[李某|Person]获铜牌。",
     ["王某 wins 全国甲大赛 grade=金牌 level=国家级", "李某 wins 全国甲大赛 grade=铜牌 level=国家级"]),
    ("[学校|College]党委获[甲省委|GovernmentBody]表彰，被授予[“先进基层党组织”|Award]称号。",
     ["校 wins “先进基层党组织”"]),
    ("[甲项目|Project]、[乙项目|Project]分别荣获[省甲大赛|Competition]一等奖和二等奖。",
     ["甲项目 wins 省甲大赛 grade=一等奖", "乙项目 wins 省甲大赛 grade=二等奖"]),
    ("[甲专业|Major]通过[乙认证|Award]。", []),
    ("[王某|Person]老师指导[李某|Person]同学参加[甲大赛|Competition]，荣获三等奖。",
     ["李某 wins 甲大赛 grade=三等奖", "李某 participatesIn 甲大赛"]),
    # 媒体
    ("[学习强国|Media]、[甲日报|Media]等媒体对[乙活动|Project]进行了宣传报道。",
     ["乙活动 reportedBy 学习强国", "乙活动 reportedBy 甲日报"]),
    ("[甲大赛|Competition]在[乙电视台|Media]直播。", ["甲大赛 reportedBy 乙电视台"]),
    ("[学校|College]的做法先后在[甲报|Media]、[乙网|Media]刊发。", ["校 reportedBy 甲报", "校 reportedBy 乙网"]),
    # 国际
    ("[学校|College]在[泰国|Country][曼谷|Region]设立[甲分院|IndustryCollege]。",
     ["甲分院 locatedIn 曼谷", "校 coBuilds 甲分院", "甲分院 partnersCountry 泰国"]),
    ("[学校|College]与[马来西亚|Country][甲大学|College]联合培养学生36人。",
     ["校 cooperatesWith 甲大学", "甲大学 locatedIn 马来西亚"]),
    # 文件
    ("[学校|College]严格执行[教育部|GovernmentBody]等九部门[《甲计划》|Document]。", ["《甲计划》 issuedBy 教育部"]),
    ("[学校|College]参编的国家标准[《甲标准》|Document]由[乙委员会|GovernmentBody]发布。",
     ["《甲标准》 issuedBy 乙委员会"]),
    ("[省政府|GovernmentBody]出台[《甲意见》|Document]，支持[学校|College]建设。", ["《甲意见》 issuedBy 省政府"]),
    ("[王某|Person]系[学校|College]2018届毕业生，现任[甲公司|Enterprise]总经理。",
     ["王某 partOf 校", "王某 leads 甲公司"]),
    ("[甲实训中心|Base]设有[乙实训室|Base]、[丙实训室|Base]。",
     ["乙实训室 partOf 甲实训中心", "丙实训室 partOf 甲实训中心"]),
]  # fmt: skip

THIRD = [
    # 共建、合作
    ("[学校|College]联合[甲集团|Enterprise]投入2000万元，建成集教学、培训、生产于一体的[乙实训中心|Base]。",
     ["校 coBuilds 乙实训中心", "甲集团 coBuilds 乙实训中心", "校 cooperatesWith 甲集团"]),
    ("[甲县人民政府|GovernmentBody]、[学校|College]、[乙公司|Enterprise]三方签署协议，共建[丙产业学院|IndustryCollege]。",
     ["甲县人民政府 coBuilds 丙产业学院", "校 coBuilds 丙产业学院", "乙公司 coBuilds 丙产业学院",
      "校 cooperatesWith 甲县人民政府", "校 cooperatesWith 乙公司"]),
    ("[甲公司|Enterprise]与[学校|College]签订校企合作协议，共建[乙工作室|Base]。",
     ["校 coBuilds 乙工作室", "甲公司 coBuilds 乙工作室", "校 cooperatesWith 甲公司"]),
    ("校企双方共同建设的[甲中心|Base]投入使用，合作企业为[乙公司|Enterprise]。",
     ["校 coBuilds 甲中心", "校 cooperatesWith 乙公司"]),
    ("[学校|College]引入[甲公司|Enterprise]真实项目进课堂。", []),
    ("[学校|College]与[甲职业中学|College]、[乙中专|College]实施“3+2”贯通培养，与[丙大学|College]开展专升本联合培养。",
     ["校 cooperatesWith 甲职业中学", "校 cooperatesWith 乙中专", "校 cooperatesWith 丙大学"]),
    ("聘请[甲公司|Enterprise]技术总监[王某|Person]担任产业导师。", ["王某 partOf 甲公司"]),
    ("[甲公司|Enterprise]向[学校|College]捐赠图书2000册。", ["校 cooperatesWith 甲公司"]),
    ("[学校|College]成为[甲公司|Enterprise]战略合作伙伴。", ["校 cooperatesWith 甲公司"]),
    ("[学校|College]与[甲公司|Enterprise]是长期合作伙伴。", ["校 cooperatesWith 甲公司"]),
    # 牵头、任职
    ("[学校|College]牵头组建的[甲职教联盟|Consortium]覆盖12个省份。", ["校 leads 甲职教联盟"]),
    ("[甲联盟|Consortium]由[学校|College]发起成立，[乙大学|College]等56家单位参加。",
     ["校 leads 甲联盟", "乙大学 participatesIn 甲联盟"]),
    ("[学校|College]为[甲教学指导委员会|Association]主任委员单位、[乙协会|Association]常务理事单位。",
     ["校 leads 甲教学指导委员会", "校 participatesIn 乙协会 role=常务理事单位"]),
    ("[王某|Person]主持完成省级课题[《甲》|Project]。", ["王某 leads 《甲》"]),
    ("[《甲》|Document]由[王某|Person]、[李某|Person]主编，[乙出版社|Enterprise]出版。",
     ["王某 leads 《甲》", "李某 leads 《甲》"]),
    ("[王某|Person]名师工作室立项，校长[李某|Person]出席仪式。", ["李某 leads 校"]),
    # 办赛
    ("[甲大赛|Competition]在[乙市|Region]落幕，由[学校|College]承办的[丙赛项|Competition]吸引128支队伍参赛。",
     ["甲大赛 heldAt 乙市", "校 hosts 丙赛项 role=承办"]),
    ("5月，[学校|College]举办[第十届技能节|Project]，开展[“导游之星”比赛|Competition]等活动16项。",
     ["校 hosts 第十届技能节 role=举办", "校 hosts “导游之星”比赛"]),
    ("[学校|College]承接[甲厅|GovernmentBody]主办的[乙培训班|Project]。",
     ["校 hosts 乙培训班 role=承接", "甲厅 hosts 乙培训班 role=主办"]),
    ("[甲论坛|Project]开幕式在[学校|College]举行。", ["甲论坛 heldAt 校"]),
    # 参加
    ("[艺术团|Team]受邀参加[甲春晚|Project]演出。", ["艺术团 participatesIn 甲春晚", "艺术团 partOf 校"]),
    ("[学校|College]师生代表团赴[甲国|Country]参加[乙技能竞赛|Competition]。",
     ["校 participatesIn 乙技能竞赛", "乙技能竞赛 heldAt 甲国"]),
    ("[王某|Person]作为专家参与[《甲标准》|Document]制定。", []),
    ("[学校|College]入选[甲计划|Project]建设单位。", ["校 participatesIn 甲计划"]),
    # 奖
    ("[学校|College]荣获[“全国职业教育先进单位”|Award]、[“省级文明校园”|Award]等称号。",
     ["校 wins “全国职业教育先进单位” level=国家级", "校 wins “省级文明校园” level=省部级"]),
    ("[护理学院|Department]获[“工人先锋号”|Award]，[李某|Person]获[“五一劳动奖章”|Award]。",
     ["护理学院 wins “工人先锋号”", "李某 wins “五一劳动奖章”", "护理学院 partOf 校"]),
    ("[《甲课》|Course]和[《乙课》|Course]获评[省级一流课程|Award]。",
     ["《甲课》 wins 省级一流课程 level=省部级", "《乙课》 wins 省级一流课程 level=省部级"]),
    ("[甲教师教学团队|Team]获评[国家级教学创新团队|Award]。",
     ["甲教师教学团队 wins 国家级教学创新团队 level=国家级", "甲教师教学团队 partOf 校"]),
    ("[甲大赛|Competition]中，[学校|College]共有12件作品获奖，其中一等奖2项、二等奖4项。",
     ["校 wins 甲大赛 count=2 grade=一等奖", "校 wins 甲大赛 count=4 grade=二等奖"]),
    ("[王某|Person]团队的[“甲”项目|Project]在[乙大赛|Competition]中获金奖。", ["“甲”项目 wins 乙大赛 grade=金奖"]),
    ("学生[王某|Person]被[甲厅|GovernmentBody]授予[“技术能手”|Award]称号。",
     ["王某 wins “技术能手”", "“技术能手” issuedBy 甲厅", "王某 partOf 校"]),
    ("[学校|College]未获得[甲奖|Award]。", []),
    ("向[王某|Person]等10名教师颁发[“师德标兵”|Award]证书。", ["王某 wins “师德标兵”"]),
    ("[甲厅|GovernmentBody]公布[乙奖|Award]名单，[学校|College]3项成果入选。", []),
    # 就业、培训
    ("[甲公司|Enterprise]、[乙公司|Enterprise]连续三年录用毕业生超过50人。",
     ["甲公司 employsGraduates 校", "乙公司 employsGraduates 校"]),
    ("毕业生[王某|Person]入职[甲公司|Enterprise]。", ["甲公司 employsGraduates 王某"]),
    ("为[甲部队|GovernmentBody]官兵开展技能培训3期。", ["校 trainsFor 甲部队"]),
    ("[学校|College]送教进企，为[甲公司|Enterprise]员工授课120学时。", ["校 trainsFor 甲公司"]),
    # 地点
    ("[甲书院|Base]位于[学校|College]图书馆三楼。", []),
    ("[学校|College]现有[东校区|Base]、[西校区|Base]，分别位于[甲市|Region]和[乙县|Region]。",
     ["东校区 locatedIn 甲市", "西校区 locatedIn 乙县", "东校区 partOf 校", "西校区 partOf 校"]),
    # 文件、媒体
    ("[甲部|GovernmentBody]、[乙部|GovernmentBody]关于印发[《丙方案》|Document]的通知",
     ["《丙方案》 issuedBy 甲部", "《丙方案》 issuedBy 乙部"]),
    ("[《甲案例》|Document]被[乙网|Media]收录并推广。", []),
    ("[甲报|Media]刊发[学校|College]校长[王某|Person]署名文章。", ["王某 leads 校", "校 reportedBy 甲报"]),
    ("先进经验得到[甲报|Media]、[乙台|Media]等主流媒体宣传报道30余次。", ["校 reportedBy 甲报", "校 reportedBy 乙台"]),
]  # fmt: skip

FOURTH = [
    ("图3-2 [学校|College]与[甲公司|Enterprise]签约仪式", ["校 cooperatesWith 甲公司"]),
    ("图5-1 [甲大赛|Competition]在我校举办", []),
    ("[学校|College]坚持“请进来、走出去”，"
     "先后走访[甲集团|Enterprise]、[乙公司|Enterprise]等126家企业，新增就业岗位2300个。",
     []),
    ("截至目前，"
     "[学校|College]已与[甲集团|Enterprise]、[乙公司|Enterprise]、[丙医院|Enterprise]等320家单位建立稳定合作关系。",
     ["校 cooperatesWith 甲集团", "校 cooperatesWith 乙公司", "校 cooperatesWith 丙医院"]),
    ("[甲产业学院|IndustryCollege]实行理事会领导下的院长负责制，"
     "由[学校|College]与[乙公司|Enterprise]按照1:1比例组成理事会。",
     ["校 cooperatesWith 乙公司"]),
    ("[学校|College]依托[甲联盟|Consortium]，联合[乙职业学院|College]等12所院校开发国家级教学资源库。",
     ["校 cooperatesWith 乙职业学院"]),
    ("2024年，[学校|College]获批成为[甲部|GovernmentBody][“乙”国际合作项目|Project]首批试点院校。",
     ["校 participatesIn “乙”国际合作项目", "“乙”国际合作项目 issuedBy 甲部"]),
    ("[学校|College][甲教师团队|Team]在[全国乙教学能力比赛|Competition]中荣获一等奖，实现历史性突破。",
     ["甲教师团队 wins 全国乙教学能力比赛 grade=一等奖 level=国家级", "甲教师团队 partOf 校"]),
    ("[学校|College]学生在[全国甲大赛|Competition]“焊接技术”“数控技术”等5个赛项中"
     "获一等奖2项、二等奖2项、三等奖1项，总成绩位居全省第一。",
     ["校 wins 全国甲大赛 count=2 grade=一等奖 level=国家级", "校 wins 全国甲大赛 count=2 grade=二等奖 level=国家级",
      "校 wins 全国甲大赛 count=1 grade=三等奖 level=国家级"]),
    ("[王某|Person]老师主讲的[《甲》|Course]被认定为[国家级一流课程|Award]。",
     ["王某 leads 《甲》", "《甲》 wins 国家级一流课程 level=国家级"]),
    ("由[王某|Person]教授领衔的[甲工作室|Base]先后获得[“省级名师工作室”|Award]、[“全国工人先锋号”|Award]称号。",
     ["王某 leads 甲工作室", "甲工作室 wins “省级名师工作室” level=省部级",
      "甲工作室 wins “全国工人先锋号” level=国家级"]),
    ("近三年，学生获[甲奖|Award]3项、[乙奖|Award]5项，2个团队入选[丙计划|Project]。",
     ["校 wins 甲奖 count=3", "校 wins 乙奖 count=5", "校 participatesIn 丙计划"]),
    ("毕业生中涌现出[“全国劳动模范”|Award][王某|Person]、[“大国工匠”|Award][李某|Person]等一批优秀校友。",
     ["王某 wins “全国劳动模范” level=国家级", "李某 wins “大国工匠”"]),
    ("校友[王某|Person]创办的[甲公司|Enterprise]被评为[“专精特新企业”|Award]。",
     ["甲公司 wins “专精特新企业”", "王某 leads 甲公司"]),
    ("[学校|College]荣登[甲榜|Award]，位列全国第15名。", ["校 wins 甲榜"]),
    ("[甲馆|Base]获批成为[省级爱国主义教育基地|Award]。", ["甲馆 wins 省级爱国主义教育基地 level=省部级"]),
    ("[甲县|Region]是[学校|College]对口帮扶县，[学校|College]选派[王某|Person]任[乙村|Region]第一书记。", []),
    ("[学校|College]志愿服务队走进[甲敬老院|Base]开展[“敬老月”志愿活动|Project]。",
     ["校 hosts “敬老月”志愿活动", "“敬老月”志愿活动 heldAt 甲敬老院"]),
    ("[第三届甲文化节|Project]5月在[乙校区|Base]拉开帷幕。", ["第三届甲文化节 heldAt 乙校区"]),
    ("[甲论坛|Competition]由[乙部|GovernmentBody]指导，[丙学会|Association]与[学校|College]联合主办。",
     ["丙学会 hosts 甲论坛 role=主办", "校 hosts 甲论坛 role=主办", "校 cooperatesWith 丙学会"]),
    ("[学校|College]成功举办[甲培训班|Project]，来自[老挝|Country]、[柬埔寨|Country]的32名学员参加。",
     ["校 hosts 甲培训班 role=举办", "甲培训班 partnersCountry 老挝", "甲培训班 partnersCountry 柬埔寨"]),
    ("[学校|College]与[德国|Country][甲公司|Enterprise]共建[乙中心|Base]，引进德国标准12项。",
     ["校 coBuilds 乙中心", "甲公司 coBuilds 乙中心", "校 cooperatesWith 甲公司"]),
    ("为响应“一带一路”倡议，[学校|College]与[泰国|Country]、[越南|Country]等国的18所院校开展交流。",
     ["校 partnersCountry 泰国", "校 partnersCountry 越南"]),
    ("[学校|College]先后出台[《甲办法》|Document][《乙细则》|Document]，修订[《丙制度》|Document]。",
     ["《甲办法》 issuedBy 校", "《乙细则》 issuedBy 校", "《丙制度》 issuedBy 校"]),
    ("[省教育厅|GovernmentBody]等五部门联合印发[《甲方案》|Document]，将[学校|College]列为试点单位。",
     ["《甲方案》 issuedBy 省教育厅"]),
    ("[《中国教育报》|Media]、[“学习强国”|Media]平台先后刊发[学校|College]产教融合经验。",
     ["校 reportedBy 《中国教育报》", "校 reportedBy “学习强国”"]),
    ("相关案例入选[《甲案例集》|Document]，获[乙网|Media]专题推广。", []),
    ("[甲集团|Enterprise]党委书记、董事长[王某|Person]出席签约仪式。", ["王某 leads 甲集团", "王某 partOf 甲集团"]),
    ("[学校|College]聘请[甲院士|Award][王某|Person]担任[乙学院|IndustryCollege]名誉院长。", ["王某 wins 甲院士"]),
    ("[机电学院|Department]下设[甲系|Department]、[乙教研室|Department]。",
     ["机电学院 partOf 校", "甲系 partOf 机电学院", "乙教研室 partOf 机电学院"]),
    ("[甲基地|Base]由[省人社厅|GovernmentBody]批准设立，挂靠[继续教育学院|Department]。",
     ["甲基地 partOf 继续教育学院", "继续教育学院 partOf 校"]),
    ("[学校|College]订单培养的“[甲公司|Enterprise]班”毕业生42人全部留任。", ["校 cooperatesWith 甲公司"]),
    ("[甲公司|Enterprise]、[乙公司|Enterprise]连续五年来校招聘，年均吸纳毕业生60人以上。",
     ["甲公司 employsGraduates 校", "乙公司 employsGraduates 校"]),
    ("面向[甲市|Region][乙局|GovernmentBody]系统干部举办专题培训班4期，培训320人次。", ["校 trainsFor 乙局"]),
    ("与[甲集团|Enterprise]共同制定人才培养方案，共同开发活页式教材6部。", ["校 cooperatesWith 甲集团"]),
    ("[学校|College]自2019年起承担[甲行业协会|Association]秘书处工作。", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [*BUILDING, *LEADING, *HOSTING, *TAKING_PART, *TRAINING, *WINNING, *PARTS, *SAYING, *SECOND, *THIRD, *FOURTH],
)
def test_genre(text: str, expected: list[str]) -> None:
    check(text, expected)
