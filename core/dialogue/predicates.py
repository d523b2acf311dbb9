"""What is said of names behind them, within a clause: "horror is out", "Titanic bored her", "零食就算了"."""

from __future__ import annotations

from core.dialogue.lexicon import WORKS
from core.dialogue.patterns import late
from core.dialogue.spotting import DONE, E, N, T

AFTER_NO = late(
    rf"(?:{N}[个部条款本件样]|(?:任何)?一[个部条款本件样点])?(?:都|就|也|请|全部?|这些|这类|一律|统统|通通|一概"
    r"|直接|暂时|先){0,6}(?:不要|不想要|不想看|不想买|(?<![特区类级性个分告])别(?![的人家处名墅])(?:要|推荐?|看|来|出"
    r"|放|上|列|碰|给)*|不看|去掉|去除|排除|隐藏|屏蔽|除外|就算了|算了|不行|不考虑|免了|免谈|就免(?=\s*(?:$"
    r"|[,，。；;！!]))|不用|不必|不碰"
    r"|不感兴趣|没兴趣|不需要|不可以|不[oO][kK]|(?:没有?|无)必要(?:再)?(?:出现|推荐?|看|买|列|放|显示)?"
    r"|pass(?![a-z])掉?|删掉|剔除|砍掉|拿掉|撤掉|踢掉|过滤掉?|筛掉|滤掉|跳过|退散|以外|之外"
    r"|(?<![意国海户野室郊格])外(?=的|其|别|都|$|[\s,，。；]))(?:了)?(?:的"
    rf"|其他|其它|别的)*|(?<={E})(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|should|must|can"
    r"|need|to|has|have|be|being|stays?|all|both|also|completely|strictly|totally|definitely|please|left|kept|taken"
    r"|thrown|filtered|ruled|just)\s+)*(?:out(?: of (?:the list|it|this|here))?|off(?: (?:the (?:list|table|menu)"
    r"|limits))?|excluded|banned|barred|forbidden|omitted|dropped|removed|skipped|hidden|aside|no[- ]?go"
    r"|go(?: away)?|unwanted|no,? thanks?|not (?:allowed|wanted|welcome|needed|interesting|ok(?:ay)?|for (?:her|him"
    r"|them|me|us))|(?:doesn'?t|don'?t|do not|does not) (?:interest|appeal to|suit) \w+|(?:bores?|annoys?) (?:her"
    r"|him|me|them|us))(?![a-z])"
)
AFTER_LESS = late(
    rf"(?<={E})(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|should|must|to"
    r"|be)\s+)*(?:less(?: often| prominent)?|down(?: a (?:bit|notch|little))?|toned down|in smaller doses"
    r"|overrepresented|over-represented|too (?:often|frequent|prominent|dominant))(?![a-z])"
    r"|(?:都)?(?:(?<![至多不老很])少(?:[放推来给出上看]荐?(?:一?[点些])?|一?[点些]|(?=\s*(?:$"
    rf"|[,，。；;！!了吧{DONE}])))"
    r"|(?:给我)?(?:压|减|降|收|控)(?:一)?(?:压|降|减|收|控"
    r"|下|点|些)?(?:温|低|少)?(?=$|[\s,，。了吧])|往下(?:压|降|减|调|拉)一?(?:压|降|减|调|拉|下|点|些)?|压缩"
    r"|(?:的)?(?:占比|比例|比重|份额|权重|数量)(?:请|再|给我)?(?:(?:调|降|压|减|往下|放)+[低小少]?|[低小少])(?:下去"
    r"|下来)?一?[点些]?|(?:占|推|来|给|出现)?(?:得|的)?太多了?|减半|砍半|少一半|看腻了|腻了|买够了|看够了)"
)
AFTER_MORE = late(
    rf"(?<={E})(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|should|must|to"
    r"|be)\s+)*(?:more(?: often| prominent)?|up(?: a (?:bit|notch|little))?|(?:her|his|their|my) (?:favou?rites?"
    r"|passion|thing)|preferred|in bigger doses|(?:always )?(?:a plus|welcome)|would(?:n'?t hurt| be (?:welcome"
    r"|lovely|ideal))|under-?represented|too rare)(?![a-z])|(?:往上|向上|再)?(?:提|拉|抬|升|加)(?:一?(?:提|拉|抬|升"
    r"|加|下|点|些)|高|上来)(?=$|[\s,，。了吧])|(?:再)?(?:多[放推来给出上看加]?荐?(?:一?[点些]|几[个部款本件])?"
    r"|加[点些]|补[点些]|(?:的)?(?:占比|比例|比重|份额|权重|数量)(?:请|再|给我)?(?:调|提|拉|抬|加|往上"
    r"|放)+[高大多]?(?:上去|上来|起来)?一?[点些]?|(?:的)?(?:占比|比例|比重|份额|权重|数量)(?:再)?[高大多]一?[点些]?"
    r"|太少了?|不够多?|优先|翻倍|翻一番|加倍|多一倍)"
)
AFTER_LIKE = late(
    rf"(?<={T})[- ](?:like|esque|type|mould|mold|vein|style|spirit|manner|fashion|category|league)(?![a-z])"
    rf"|(?:(?:(?:是)?(?:{N}[个种类]|同[一样]?[个种类]?)(?=风格|路数|类型|感觉|调调|味道|口味|气质))?(?:那样|那种|这种"
    r"|这样|一样|差不多|类似|相似|相近|接近|相仿|同类|那类|之类|同款|风格|路数|感觉|调调|气质|调性|题材|内容|剧情"
    r"|品质|款式"
    r"|定位|氛围|节奏))+(?:的)?"
)
JUDGEMENT = late(
    rf"(?<={T})(?:,? (?:and|but|she|he|they|who))* (?:found|thought|considered) (?:it|them)(?: was"
    r"| were)? (?:really |very |so |too |rather |pretty )*(?:(?P<nice>great|excellent|awesome|superb|brilliant"
    r"|wonderful|gripping|good|fun)|(?P<weak>dull|boring|terrible|awful|disappointing|tedious|dreadful"
    rf"|bad))(?![a-z])|(?<={T}) (?:really |very |so |too |rather |pretty )*(?:(?P<fine>great|excellent|awesome"
    r"|superb|brilliant|wonderful|gripping)|(?P<poor>dull|boring|terrible|awful|disappointing|tedious"
    r"|dreadful))(?![a-z])|(?:was|is|were) (?:far |way |much |a bit |rather )?too (?P<over>[a-z]+)(?![a-z])"
    r"|(?:(?P<pleased>delighted|thrilled|impressed|moved|charmed|pleased|wowed|captivated|amused)|(?P<bored>bored"
    r"|annoyed|disappointed|irritated|(?=left \w+ cold)left|put off|upset)) (?:her|him|them|me|us|the user"
    r"|the customer)(?: cold)?(?![a-z])|(?:was|is|were) (?:very |really |so |too |a |just )*(?:(?P<good>great|good"
    r"|excellent|awesome|fun|superb|brilliant|hit)|(?P<bad>bad|boring|terrible|awful|dull|disappointing|rubbish"
    r"|waste))(?![a-z])|(?:觉得|感觉|认为|评价)?(?:很|非常|挺|特别|超级?|真|蛮|相当)?(?:(?P<well>好看|好评|精彩"
    r"|满意|不错|有意思|[上学玩住吃用看听读]得(?:很|挺|特别|非常|超级?)?(?:开心|高兴|愉快|舒服|满意|过瘾|爽)|好用|棒"
    r"|赞|高分|好(?![像多]))|(?P<ill>不好|一般|难看|无聊|没意思|失望|糟糕?|烂|低分|差评"
    r"|差(?!不)|难用|不满意|不好看|太(?!好|棒|精|赞|美|妙)[\u3400-\u9fff]{1,3}了?(?!一?[点些])))"
)
# What has a word of its own, so that leaving out does not go on to it: "除了小米，手机都可以", "comedies are fine".
FINE = late(
    rf"{E}[片类]?(?:(?:都|也|全|就|还|倒)*(?:可以|没问题|没关系|能接受|ok)|(?:都|也|全|就|还|倒)+(?:行|好|成|要)(?!不))"
    rf"|{E}(?: (?:{WORKS}|items?|products?|stuff|things?))?\s+(?:(?:is|are|would be|will be)\s+(?:(?:all|just|perfectly"
    r"|totally|quite|always)\s+)*(?:fine|ok(?:ay)?|good|great|welcome|allowed|acceptable|alright|right)|instead)"
    r"(?![a-z])"
)
# What may follow an operator that stands behind a name, and in what a name is left out.
BEHIND = late(
    r"\s*(?:at all|allowed|wanted|welcome|needed|required|often|frequent(?:ly)?|prominent|for (?:her|him|them|me|us)"
    r"|(?:her|his|their|my) (?:thing|cup of tea|taste)|ok(?:ay)?|acceptable|appropriate|suitable|interesting|anymore"
    r"|any more|place(?: here| in (?:it|the list))?)?[\s.]*"
)
DROPPED = late(r"\s*(?:dropped|excluded|removed|hidden|out|left out|skipped|avoided|banned|gone|omitted)\s*")
