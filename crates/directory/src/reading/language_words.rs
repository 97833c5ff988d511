//! The names of languages in the languages themselves and in those that most administrators have (the facts of Unicode CLDR 46,
//! `localeDisplayNames`, and what people say besides). English names stand with the subtags.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::nearest::folded;

/// By subtag: first what the language calls itself; then in German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish and
/// Norwegian, Finnish, Czech, Hungarian, Turkish, Russian, Japanese, Chinese, Korean, Arabic, Hindi, where that is another word.
const WORDS: &[(&str, &str)] = &[
    (
        "af",
        "Afrikaans|africano|afrikanerisch|afrikáans|африкаанс|アフリカーンス語|南非荷兰语|아프리칸스어|الأفريقانية",
    ),
    (
        "am",
        "አማርኛ|Amharisch|amharique|amárico|amarico|amharski|amhariska|амхарский|アムハラ語|阿姆哈拉语|암하라어|الأمهرية",
    ),
    (
        "ar",
        "العربية|عربي|عربى|Arabisch|arabe|árabe|arabo|arabski|arabiska|arabisk|arabia|arabština|arab|Arapça|арабский|арабська|\
         アラビア語|阿拉伯语|阿拉伯文|아랍어|अरबी",
    ),
    (
        "az",
        "azərbaycan|azərbaycan dili|Aserbaidschanisch|azéri|azerí|azerbaigiano|azerski|Azerice|азербайджанский|アゼルバイジャン語|阿塞拜疆语",
    ),
    (
        "be",
        "беларуская|Belarussisch|Weißrussisch|biélorusse|bielorruso|bielorusso|Wit-Russisch|białoruski|vitryska|hviderussisk|\
         hviterussisk|valkovenäjä|běloruština|belarusz|белорусский|ベラルーシ語|白俄罗斯语|벨라루스어",
    ),
    (
        "bg",
        "български|български език|Bulgarisch|bulgare|búlgaro|bulgaro|Bulgaars|bułgarski|bulgariska|bulgarsk|bulgaria|\
         bulharština|bolgár|Bulgarca|болгарский|ブルガリア語|保加利亚语|불가리아어|البلغارية",
    ),
    (
        "bn",
        "বাংলা|Bengalisch|bengalí|bengalese|bengalski|বাঙালি|бенгальский|ベンガル語|孟加拉语|벵골어|البنغالية|बंगाली",
    ),
    (
        "bs",
        "bosanski|Bosnisch|bosniaque|bosnien|bosnio|bosniaco|bósnio|bośniacki|bosniska|bosnisk|bosnia|bosenština|bosnyák|\
         Boşnakça|боснийский|ボスニア語|波斯尼亚语|보스니아어",
    ),
    (
        "ca",
        "català|Katalanisch|catalán|catalano|catalão|Catalaans|kataloński|katalanska|katalansk|katalaani|katalánština|katalán|\
         Katalanca|каталанский|カタロニア語|加泰罗尼亚语|카탈로니아어|الكتالانية",
    ),
    (
        "cs",
        "čeština|česky|český|Tschechisch|tchèque|checo|ceco|tcheco|Tsjechisch|czeski|tjeckiska|tjekkisk|tsjekkisk|tšekki|cseh|\
         Çekçe|чешский|чеська|チェコ語|捷克语|捷克文|체코어|التشيكية|चेक",
    ),
    (
        "cy",
        "Cymraeg|Walisisch|gallois|galés|gallese|galês|Welsh|walijski|kymriska|walisisk|kymri|velština|валлийский|ウェールズ語|威尔士语|\
         웨일스어",
    ),
    (
        "da",
        "dansk|Dänisch|danois|danés|danese|dinamarquês|Deens|duński|danska|tanska|dánština|dán|Danca|датский|данська|デンマーク語|\
         丹麦语|丹麥文|덴마크어|الدانمركية|डेनिश",
    ),
    (
        "de",
        "Deutsch|Hochdeutsch|allemand|alemán|tedesco|alemão|Duits|niemiecki|tyska|tysk|saksa|němčina|německy|nemčina|német|\
         Almanca|немецкий|німецька|ドイツ語|德语|德文|독일어|الألمانية|जर्मन|Γερμανικά|germană|njemački|nemački|nemščina|Jerman|tiếng Đức|\
         ภาษาเยอรมัน|גרמנית",
    ),
    (
        "el",
        "Ελληνικά|Griechisch|grec|griego|greco|grego|Grieks|grecki|grekiska|græsk|gresk|kreikka|řečtina|görög|Yunanca|Rumca|\
         греческий|ギリシャ語|ギリシア語|希腊语|希臘文|그리스어|اليونانية|यूनानी",
    ),
    (
        "en",
        "English|Englisch|anglais|inglés|inglese|inglês|Engels|angielski|engelska|engelsk|englanti|angličtina|anglicky|angol|\
         İngilizce|Ingilizce|английский|англійська|英語|英语|英文|영어|الإنجليزية|الانجليزية|अंग्रेज़ी|अंग्रेजी|Αγγλικά|engleză|\
         engleski|angleščina|Inggris|tiếng Anh|ภาษาอังกฤษ|אנגלית|anglès|английски",
    ),
    ("eo", "Esperanto|espéranto|эсперанто|エスペラント語|世界语|에스페란토어"),
    (
        "es",
        "español|castellano|Spanisch|espagnol|castillan|spagnolo|espanhol|castelhano|Spaans|hiszpański|spanska|spansk|espanja|\
         španělština|španielčina|spanyol|İspanyolca|Ispanyolca|испанский|іспанська|スペイン語|西班牙语|西班牙文|스페인어|الإسبانية|الاسبانية|\
         स्पेनिश|Ισπανικά|spaniolă|španjolski|španski|španščina|ภาษาสเปน|ספרדית|espanyol",
    ),
    (
        "et",
        "eesti|eesti keel|Estnisch|estonien|estonio|estone|estoniano|Estisch|Ests|estoński|estniska|estisk|estnisk|viro|\
         estonština|észt|Estonca|эстонский|エストニア語|爱沙尼亚语|에스토니아어|الإستونية",
    ),
    (
        "eu",
        "euskara|euskera|Baskisch|basque|vasco|vascuence|basco|baskijski|baskiska|baskisk|baski|baskičtina|Baskça|баскский|\
         バスク語|巴斯克语|바스크어",
    ),
    (
        "fa",
        "فارسی|Persisch|Farsi|persan|persa|persiano|Perzisch|perski|persiska|persisk|persia|perština|perzsa|Farsça|персидский|\
         фарси|ペルシア語|ペルシャ語|波斯语|波斯文|페르시아어|الفارسية|फ़ारसी",
    ),
    (
        "fi",
        "suomi|suomen kieli|Finnisch|finnois|finlandais|finés|finlandés|finlandese|finlandês|Fins|fiński|finska|finsk|finština|\
         finn|Fince|финский|фінська|フィンランド語|芬兰语|芬蘭文|핀란드어|الفنلندية|फ़िनिश",
    ),
    ("fil", "Filipino|філіппінська|filipino|филиппинский|フィリピノ語|菲律宾语|필리핀어"),
    (
        "fr",
        "français|Französisch|francés|francese|francês|Frans|francuski|franska|fransk|ranska|francouzština|francouzsky|\
         francúzština|francia|Fransızca|Fransizca|французский|французька|フランス語|法语|法文|프랑스어|الفرنسية|फ़्रेंच|फ्रेंच|Γαλλικά|\
         franceză|francoščina|Prancis|tiếng Pháp|ภาษาฝรั่งเศส|צרפתית|francès|френски",
    ),
    (
        "ga",
        "Gaeilge|Irisch|irlandais|irlandés|irlandese|irlandês|Iers|irlandzki|iriska|irsk|iiri|irština|ír|İrlandaca|ирландский|\
         アイルランド語|爱尔兰语|아일랜드어",
    ),
    (
        "gl",
        "galego|Galicisch|Galizisch|galicien|gallego|galiziano|galicyjski|galiciska|galisisk|galicia|galicijština|галисийский|\
         ガリシア語|加利西亚语|갈리시아어",
    ),
    ("gu", "ગુજરાતી|gujarātī|gudźarati|гуджарати|グジャラート語|古吉拉特语|구자라트어|गुजराती"),
    (
        "he",
        "עברית|Hebräisch|hébreu|hebreo|ebraico|hebraico|Hebreeuws|hebrajski|hebreiska|hebraisk|heprea|hebrejština|héber|\
         İbranice|иврит|ヘブライ語|希伯来语|希伯來文|히브리어|العبرية|हिब्रू",
    ),
    ("hi", "हिन्दी|हिंदी|Hindī|hindština|хинди|ヒンディー語|印地语|印地文|힌디어|الهندية"),
    (
        "hr",
        "hrvatski|Kroatisch|croate|croata|croato|chorwacki|kroatiska|kroatisk|kroatia|kroaatti|chorvatština|chorvátčina|horvát|\
         Hırvatça|хорватский|クロアチア語|克罗地亚语|크로아티아어|الكرواتية",
    ),
    (
        "hu",
        "magyar|Ungarisch|hongrois|húngaro|ungherese|Hongaars|węgierski|ungerska|ungarsk|unkari|maďarština|Macarca|венгерский|\
         угорська|ハンガリー語|匈牙利语|匈牙利文|헝가리어|الهنغارية|المجرية",
    ),
    (
        "hy",
        "հայերեն|Armenisch|arménien|armenio|armeno|armênio|arménio|Armeens|ormiański|armeniska|armensk|armenia|arménština|\
         Ermenice|армянский|アルメニア語|亚美尼亚语|아르메니아어",
    ),
    (
        "id",
        "Bahasa Indonesia|Indonesia|Indonesisch|indonésien|indonesio|indonesiano|indonésio|indonezyjski|indonesiska|indonesisk|\
         Endonezce|индонезийский|インドネシア語|印度尼西亚语|印尼语|印尼文|인도네시아어|الإندونيسية",
    ),
    (
        "is",
        "íslenska|Isländisch|islandais|islandés|islandese|islandês|IJslands|islandzki|isländska|islandsk|islanti|islandština|\
         izlandi|İzlandaca|исландский|アイスランド語|冰岛语|아이슬란드어",
    ),
    (
        "it",
        "italiano|Italienisch|italien|Italiaans|włoski|italienska|italiensk|italia|italština|taliančina|olasz|İtalyanca|\
         Italyanca|итальянский|італійська|イタリア語|意大利语|義大利文|意大利文|이탈리아어|الإيطالية|الايطالية|इतालवी|Ιταλικά|italiană|talijanski|\
         italijanski|italijanščina|Italia|tiếng Ý|ภาษาอิตาลี|איטלקית|italià",
    ),
    (
        "ja",
        "日本語|Japanisch|japonais|japonés|giapponese|japonês|Japans|japoński|japanska|japansk|japani|japonština|japán|Japonca|\
         японский|японська|日语|日文|일본어|اليابانية|जापानी|Ιαπωνικά|japoneză|japanski|Jepang|tiếng Nhật|ภาษาญี่ปุ่น|יפנית|japonès",
    ),
    (
        "ka",
        "ქართული|Georgisch|géorgien|georgiano|gruziński|georgiska|georgisk|georgia|gruzínština|grúz|Gürcüce|грузинский|グルジア語|\
         ジョージア語|格鲁吉亚语|조지아어",
    ),
    (
        "kk",
        "қазақ тілі|қазақша|Kasachisch|kazakh|kazajo|kazako|cazaque|Kazachs|kazachski|kazakiska|kasakhisk|kazakki|Kazakça|\
         казахский|カザフ語|哈萨克语|카자흐어",
    ),
    ("km", "ខ្មែរ|ភាសាខ្មែរ|Kambodschanisch|khmer|jemer|khmerski|кхмерский|クメール語|高棉语|크메르어"),
    (
        "ko",
        "한국어|조선말|Koreanisch|coréen|coreano|Koreaans|koreański|koreanska|koreansk|korea|korejština|koreai|Korece|корейский|\
         корейська|韓国語|韩语|韓文|朝鲜语|الكورية|कोरियाई",
    ),
    ("ky", "кыргызча|Kirgisisch|kirghize|kirguís|kirghiso|киргизский|キルギス語|吉尔吉斯语"),
    (
        "lb",
        "Lëtzebuergesch|Luxemburgisch|luxembourgeois|luxemburgués|lussemburghese|luxemburguês|Luxemburgs|luksemburski|\
         luxemburgiska|люксембургский|ルクセンブルク語|卢森堡语",
    ),
    (
        "lt",
        "lietuvių|lietuvių kalba|Litauisch|lituanien|lituano|Litouws|litewski|litauiska|litauisk|liettua|litevština|litván|\
         Litvanca|литовский|リトアニア語|立陶宛语|리투아니아어",
    ),
    (
        "lv",
        "latviešu|latviešu valoda|Lettisch|letton|letón|lettone|letão|Lets|łotewski|lettiska|lettisk|latvia|lotyština|lett|\
         Letonca|латышский|ラトビア語|拉脱维亚语|라트비아어",
    ),
    (
        "mk",
        "македонски|Mazedonisch|macédonien|macedonio|macedone|macedônio|Macedonisch|macedoński|makedonska|makedonsk|makedonia|\
         makedonština|Makedonca|македонский|マケドニア語|马其顿语|마케도니아어",
    ),
    ("ml", "മലയാളം|малаялам|マラヤーラム語|马拉雅拉姆语|말라얄람어|मलयालम"),
    (
        "mn",
        "монгол|Mongolisch|mongol|mongolo|Mongools|mongolski|mongoliska|mongolsk|mongoli|Moğolca|монгольский|モンゴル語|蒙古语|몽골어",
    ),
    ("mr", "मराठी|маратхи|マラーティー語|马拉地语|마라티어"),
    (
        "ms",
        "Bahasa Melayu|Melayu|Malaiisch|malais|malayo|malese|malaio|Maleis|malajski|malajiska|malayisk|malaiji|Malayca|\
         малайский|マレー語|马来语|말레이어|الماليزية",
    ),
    (
        "mt",
        "Malti|Maltesisch|maltais|maltés|Maltees|maltański|maltesiska|maltesisk|malta|maltština|Maltaca|мальтийский|マルタ語|马耳他语|\
         몰타어",
    ),
    (
        "my",
        "မြန်မာ|Birmanisch|Burmesisch|birman|birmano|birmanês|Birmaans|birmański|burmesiska|burmesisk|burma|Birmanca|\
         бирманский|ビルマ語|ミャンマー語|缅甸语|버마어",
    ),
    ("nb", "norsk bokmål|bokmål|norska bokmål|букмол"),
    ("ne", "नेपाली|népalais|nepalés|nepalese|непальский|ネパール語|尼泊尔语|네팔어"),
    (
        "nl",
        "Nederlands|Vlaams|Niederländisch|Holländisch|Flämisch|néerlandais|hollandais|flamand|neerlandés|holandés|flamenco|\
         olandese|fiammingo|holandês|neerlandês|niderlandzki|holenderski|nederländska|holländska|flamländska|hollandsk|\
         nederlandsk|hollanti|nizozemština|holandčina|holland|Hollandaca|Felemenkçe|нидерландский|голландский|нідерландська|\
         オランダ語|荷兰语|荷蘭文|네덜란드어|الهولندية|डच|Ολλανδικά|neerlandeză|olandeză|nizozemski|holandski|nizozemščina|Belanda|\
         tiếng Hà Lan|ภาษาดัตช์|הולנדית|neerlandès",
    ),
    ("nn", "norsk nynorsk|nynorsk|нюнорск"),
    (
        "no",
        "norsk|Norwegisch|norvégien|noruego|norvegese|norueguês|Noors|norweski|norska|norja|norština|nórčina|norvég|Norveççe|\
         норвежский|норвезька|ノルウェー語|挪威语|挪威文|노르웨이어|النرويجية|नॉर्वेजियाई",
    ),
    ("pa", "ਪੰਜਾਬੀ|پنجابی|Pandschabi|pendjabi|panyabí|панджаби|パンジャブ語|旁遮普语|펀자브어|पंजाबी"),
    (
        "pl",
        "polski|język polski|Polnisch|polonais|polaco|polacco|polonês|Pools|polska|polsk|puola|polština|poľština|lengyel|Lehçe|\
         Polonyaca|польский|польська|ポーランド語|波兰语|波蘭文|폴란드어|البولندية|पोलिश|Πολωνικά|poloneză|poljski|poljščina|tiếng Ba Lan|\
         ภาษาโปแลนด์|פולנית|polonès",
    ),
    ("ps", "پښتو|Paschtu|pachto|pastún|пушту|パシュトゥー語|普什图语"),
    (
        "pt",
        "português|Portugiesisch|portugais|portugués|portoghese|Portugees|portugalski|portugisiska|portugisisk|portugali|\
         portugalština|portugál|Portekizce|португальский|португальська|ポルトガル語|葡萄牙语|葡萄牙文|포르투갈어|البرتغالية|पुर्तगाली|Πορτογαλικά|\
         portugheză|portugalščina|Portugis|ภาษาโปรตุเกส|פורטוגזית|portuguès",
    ),
    (
        "ro",
        "română|Rumänisch|roumain|rumano|rumeno|romeno|Roemeens|rumuński|rumänska|rumænsk|rumensk|romania|rumunština|rumunčina|\
         román|Rumence|румынский|румунська|ルーマニア語|罗马尼亚语|루마니아어|الرومانية|रोमानियाई",
    ),
    (
        "ru",
        "русский|русский язык|Russisch|russe|ruso|russo|rosyjski|ryska|russisk|venäjä|ruština|rusky|orosz|Rusça|російська|ロシア語|\
         俄语|俄文|러시아어|الروسية|रूसी|Ρωσικά|rusă|ruski|ruščina|Rusia|tiếng Nga|ภาษารัสเซีย|רוסית|rus|руски",
    ),
    (
        "sk",
        "slovenčina|slovensky|Slowakisch|slovaque|eslovaco|slovacco|Slowaaks|słowacki|slovakiska|slovakisk|slovakki|\
         slovenština|szlovák|Slovakça|словацкий|словацька|スロバキア語|斯洛伐克语|슬로바키아어|السلوفاكية",
    ),
    (
        "sl",
        "slovenščina|slovensko|slovenski|Slowenisch|slovène|esloveno|sloveno|Sloveens|słoweński|slovenska|slovensk|sloveeni|\
         slovinština|szlovén|Slovence|словенский|スロベニア語|斯洛文尼亚语|슬로베니아어|السلوفانية",
    ),
    ("so", "Soomaali|somalí|somalo|сомали|ソマリ語|索马里语|소말리아어|الصومالية"),
    (
        "sq",
        "shqip|Albanisch|albanais|albanés|albanese|albanês|Albanees|albański|albanska|albansk|albania|albánština|albán|\
         Arnavutça|албанский|アルバニア語|阿尔巴尼亚语|알바니아어|الألبانية",
    ),
    (
        "sr",
        "српски|srpski|Serbisch|serbe|serbio|serbo|sérvio|Servisch|serbski|serbiska|serbisk|serbia|srbština|srbčina|szerb|\
         Sırpça|сербский|сербська|セルビア語|塞尔维亚语|세르비아어|الصربية",
    ),
    (
        "sv",
        "svenska|Schwedisch|suédois|sueco|svedese|Zweeds|szwedzki|svensk|ruotsi|švédština|svéd|İsveççe|Isveççe|шведский|\
         шведська|スウェーデン語|瑞典语|瑞典文|스웨덴어|السويدية|स्वीडिश|Σουηδικά|suedeză|švedski|švedščina|Swedia|tiếng Thụy Điển|ภาษาสวีเดน|\
         שוודית|suec",
    ),
    ("sw", "Kiswahili|Swahili|Suaheli|suajili|suaíli|суахили|スワヒリ語|斯瓦希里语|스와힐리어|السواحيلية"),
    ("ta", "தமிழ்|Tamilisch|tamoul|tamilski|тамильский|タミル語|泰米尔语|타밀어|तमिल"),
    ("te", "తెలుగు|télougou|телугу|テルグ語|泰卢固语|텔루구어|तेलुगू"),
    (
        "th",
        "ไทย|ภาษาไทย|Thailändisch|thaï|thaïlandais|tailandés|tailandese|thailandese|tailandês|Thais|tajski|thailändska|\
         thaikieli|thajština|Tayca|тайский|タイ語|泰语|泰文|태국어|التايلاندية",
    ),
    (
        "tr",
        "Türkçe|Türkisch|turc|turco|Turks|turecki|turkiska|tyrkisk|turkki|turečtina|török|турецкий|турецька|トルコ語|土耳其语|土耳其文|터키어|\
         튀르키예어|التركية|तुर्की|Τουρκικά|turcă|turski|turščina|Turki|ภาษาตุรกี|טורקית",
    ),
    (
        "uk",
        "українська|українська мова|Ukrainisch|ukrainien|ucraniano|ucraino|Oekraïens|ukraiński|ukrainska|ukrainsk|ukraina|\
         ukrajinština|ukrán|Ukraynaca|украинский|ウクライナ語|乌克兰语|烏克蘭文|우크라이나어|الأوكرانية",
    ),
    ("ur", "اردو|Ourdou|ourdou|урду|ウルドゥー語|乌尔都语|우르두어|الأردية|उर्दू"),
    (
        "uz",
        "oʻzbek|o'zbek|o‘zbekcha|Usbekisch|ouzbek|uzbeko|usbeco|Oezbeeks|uzbecki|uzbekiska|Özbekçe|узбекский|ウズベク語|乌兹别克语|우즈베크어",
    ),
    (
        "vi",
        "Tiếng Việt|Vietnamesisch|vietnamien|vietnamita|Vietnamees|wietnamski|vietnamesiska|vietnamesisk|vietnam|vietnamština|\
         vietnami|Vietnamca|вьетнамский|ベトナム語|越南语|越南文|베트남어|الفيتنامية|वियतनामी",
    ),
    ("yi", "ייִדיש|יידיש|Jiddisch|yidis|jidysz|идиш|イディッシュ語|意第绪语"),
    (
        "yue",
        "廣東話|广东话|粵語|粤语|Kantonesisch|cantonais|cantonés|cantonese|cantonês|Kantonees|kantoński|kantonesiska|кантонский|広東語|광둥어",
    ),
    (
        "zh",
        "中文|汉语|漢語|普通话|國語|华语|Chinesisch|Mandarin|chinois|mandarín|chino|cinese|chinês|Chinees|chiński|kinesiska|kinesisk|kiina|\
         čínština|kínai|Çince|китайский|китайська|中国語|중국어|الصينية|चीनी|Κινεζικά|chineză|kineski|kitajščina|Tionghoa|\
         tiếng Trung|ภาษาจีน|סינית|xinès",
    ),
    (
        "zh-Hans",
        "简体中文|简体|中文(简体)|中文 (简体)|中文（简体）|簡体字中国語|Chinesisch (vereinfacht)|chinois simplifié|chino simplificado|Simplified Chinese|\
         Chinese (Simplified)",
    ),
    (
        "zh-Hant",
        "繁體中文|繁体中文|繁體|中文(繁體)|中文 (繁體)|中文（繁體）|正體中文|繁体字中国語|Chinesisch (traditionell)|chinois traditionnel|chino tradicional|\
         Traditional Chinese|Chinese (Traditional)",
    ),
    ("zu", "isiZulu|Zoulou|zulú|зулу|ズールー語|祖鲁语|줄루어"),
];

/// The subtags by the names, as [`plain`] makes them: put together once, when the first such name is read.
static SUBTAGS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let named = |(subtag, names): &(&'static str, &'static str)| {
        let subtag = *subtag;
        names.split('|').map(move |name| (plain(&folded(name)), subtag)).collect::<Vec<_>>()
    };
    WORDS.iter().flat_map(named).collect()
});

/// Each language by its subtag, with what it calls itself.
pub(super) fn own_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().map(|(tag, names)| (*tag, names.split('|').next().unwrap_or_default()))
}

/// The subtag of a language by a name that it has anywhere; `name` is folded. Accents may be missing.
pub(super) fn of_name(name: &str) -> Option<&'static str> {
    SUBTAGS.get(&plain(name)).copied()
}

/// A folded name without accents: people leave them out, and no two languages differ by them alone.
pub(super) fn plain(folded: &str) -> String {
    let letters = folded.nfd().filter(|letter| !matches!(letter, '\u{300}'..='\u{36F}'));
    letters.map(|letter| if letter == 'ı' { 'i' } else { letter }).nfc().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{WORDS, folded, plain};
    use crate::reading::language_names;

    #[test]
    fn no_name_is_of_two_languages() {
        let mut of: HashMap<String, &str> = HashMap::new();
        for (subtag, names) in WORDS {
            let language = subtag.split('-').next().unwrap_or(subtag);
            assert!(language_names::is_language(language), "{subtag}");
            for name in names.split('|') {
                let known = *of.entry(plain(&folded(name))).or_insert(subtag);
                assert_eq!(known, *subtag, "{name}");
                let english = language_names::of_name(&folded(name));
                assert!(
                    english.is_none_or(|english| english == language),
                    "{name} is {english:?} in English"
                );
            }
        }
    }
}
