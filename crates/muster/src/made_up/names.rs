//! The names that made-up people are put together from, by origin: common given and family names in many scripts,
//! with the Latin spelling that a company's mail system would use. No entry stands for anybody in particular.

/// Where a name comes from, and what goes with it.
///
/// The names are written one after the other, as `written=romanised`; without `=` the romanised form is the
/// written one in lower case. `_` stands for a space inside a name.
#[derive(Debug)]
pub(super) struct Origin {
    /// Given names.
    pub(super) given: &'static str,
    /// Family names, in the form that goes with these given names.
    pub(super) family: &'static str,
    /// Language tags, the likeliest first.
    pub(super) languages: &'static [&'static str],
    /// Phone numbers in E.164, each `#` a digit. Ranges that their country reserves for fiction where it has
    /// such and libphonenumber takes them for valid (Ofcom, NANPA, Bundesnetzagentur, Arcep, ACMA, PTS); elsewhere the
    /// shape of a mobile number.
    pub(super) phones: &'static [&'static str],
    /// How often it comes, relative to the others.
    pub(super) weight: u32,
}

/// All origins. The order is part of what a seed means: new ones go to the end, and change the people of every seed.
pub(super) const ORIGINS: &[Origin] = &[
    // English, with the names that spreadsheets and programs take for something else.
    Origin {
        given: "Amelia Oliver Isla George Ava Harry Grace Jack Freya Noah Ivy Arthur Chloë=chloe Reece Siân=sian \
                Rhys Zoë=zoe Mary-Ann=maryann Dwayne Latoya April May June Jan True",
        family: "Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Wright Walker Thompson Hughes Green \
                 Baker Cooper Null March Day True D'Arcy=darcy Smith-Jones=smithjones St_John=stjohn Fox-Hill=foxhill",
        languages: &["en-GB", "en-US", "en-AU"],
        phones: &["+442079460###", "+121255501##", "+131255501##", "+141655501##", "+6127010####"],
        weight: 14,
    },
    // Irish and Scottish: apostrophes and acute accents.
    Origin {
        given: "Aoife Seán=sean Niamh Ciarán=ciaran Róisín=roisin Oisín=oisin Caoimhe Pádraig=padraig Sinéad=sinead \
                Fionn Máire=maire Eilidh Hamish Mairi",
        family: "O'Brien=obrien O'Connor=oconnor O'Sullivan=osullivan Murphy Kelly Byrne Ryan McCarthy=mccarthy Walsh \
                 Ní_Dhomhnaill=nidhomhnaill Mac_an_Bhaird=macanbhaird McLeod=mcleod MacDonald=macdonald",
        languages: &["en-IE", "ga-IE"],
        phones: &["+35385#######"],
        weight: 4,
    },
    // French.
    Origin {
        given: "Camille Léa=lea Chloé=chloe Manon Inès=ines Zoé=zoe Jean-Luc=jeanluc Anne-Sophie=annesophie François=francois \
                Benoît=benoit Étienne=etienne Maëlle=maelle Loïc=loic Noël=noel Hélène=helene Théo=theo",
        family: "Martin Bernard Dubois Lefèvre=lefevre Moreau Girard Mercier D'Aubigné=daubigne L'Hôpital=lhopital \
                 Lemaître=lemaitre Gauthier Perrin Chevalier François=francois Garçon=garcon",
        languages: &["fr-FR", "fr-BE", "fr-CA"],
        phones: &["+3319900####"],
        weight: 8,
    },
    // German, Austrian and Swiss.
    Origin {
        given: "Jörg=joerg Jürgen=juergen Käthe=kaethe Björn=bjoern Anneliese Hans-Peter=hanspeter Lukas Mia Greta Emil \
                Matthias Ursula Günther=guenther Sören=soeren Änne=aenne Wolfgang",
        family: "Müller=mueller Schmidt Schneider Weiß=weiss Groß=gross Schäfer=schaefer Köhler=koehler Jäger=jaeger \
                 von_der_Heide=vonderheide Öztürk=oeztuerk Strauß=strauss Zimmermann Krüger=krueger Vogt Meyer-Lüdenscheid=meyer",
        languages: &["de-DE", "de-AT", "de-CH"],
        phones: &["+493023125###", "+496990009###"],
        weight: 8,
    },
    // Dutch and Flemish: particles in lower case.
    Origin {
        given: "Daan Sanne Bram Lotte Thijs Femke Joost Anouk Willem Maartje Koen Noortje Zoë=zoe Daniël=daniel",
        family: "de_Vries=devries van_den_Berg=vandenberg van_Dijk=vandijk Jansen Bakker 't_Hart=thart de_Groot=degroot \
                 van_'t_Hof=vanthof IJsbrandy=ijsbrandy Vermeulen Peeters Hoekstra",
        languages: &["nl-NL", "nl-BE"],
        phones: &["+3161#######"],
        weight: 4,
    },
    // Swedish, Norwegian, Danish and Icelandic.
    Origin {
        given: "Åsa=asa Björn=bjorn Øyvind=oyvind Søren=soren Märta=marta Håkon=hakon Æsa=aesa Lærke=laerke Nils Ingrid \
                Þóra=thora Guðrún=gudrun Sigurður=sigurdur Freja Jan",
        family: "Åkesson=akesson Sjöberg=sjoberg Ødegård=odegard Bjørnsen=bjornsen Sørensen=sorensen Kjær=kjaer Hansen \
                 Lindström=lindstrom Nygård=nygard Þórsdóttir=thorsdottir Östlund=ostlund Dahl Berg Holm",
        languages: &["sv-SE", "nb-NO", "da-DK", "is-IS"],
        phones: &["+4670174066#", "+4684650040#"],
        weight: 5,
    },
    // Spanish: two family names.
    Origin {
        given: "José=jose María=maria Sofía=sofia Martín=martin Lucía=lucia Íñigo=inigo Begoña=begona Jesús=jesus \
                María_José=mariajose Ángel=angel Nicolás=nicolas Inés=ines Mar Álvaro=alvaro",
        family: "García_López=garcia Núñez_Peña=nunez Muñoz=munoz Fernández=fernandez Rodríguez_Gil=rodriguez Ibáñez=ibanez \
                 de_la_Cruz=delacruz Güemes=guemes Ordóñez=ordonez Sáenz=saenz Castro_y_Vega=castro Vidal Romero",
        languages: &["es-ES", "es-MX", "es-AR"],
        phones: &["+34600######", "+34612######"],
        weight: 8,
    },
    // Portuguese.
    Origin {
        given: "João=joao Antônio=antonio Conceição=conceicao Luís=luis Inês=ines Tomás=tomas Beatriz Thaís=thais \
                Estêvão=estevao Letícia=leticia Márcia=marcia Caio",
        family: "Gonçalves=goncalves Araújo=araujo Simões=simoes Magalhães=magalhaes dos_Santos=dossantos Silva \
                 Brandão=brandao Conceição=conceicao Sá=sa Leitão=leitao Oliveira d'Ávila=davila",
        languages: &["pt-BR", "pt-PT"],
        phones: &["+551198#######", "+35191#######"],
        weight: 6,
    },
    // Italian.
    Origin {
        given: "Niccolò=niccolo Giulia Matteo Chiara Nicolò=nicolo Beatrice Zeno Noemi Ludovica Gioele Elia Teresa",
        family: "Rossi D'Angelo=dangelo Dell'Orto=dellorto Ferrari De_Luca=deluca Cantù=cantu Forlì=forli Esposito Greco \
                 Marchetti Santoro Lo_Cascio=locascio",
        languages: &["it-IT", "it-CH"],
        phones: &["+39347#######"],
        weight: 5,
    },
    // Polish, women and men.
    Origin {
        given: "Małgorzata=malgorzata Żaneta=zaneta Łucja=lucja Zofia Bożena=bozena Agnieszka Grażyna=grazyna Ewa",
        family: "Wiśniewska=wisniewska Wójcik=wojcik Kamińska=kaminska Dąbrowska=dabrowska Zając=zajac Łukasiewicz=lukasiewicz \
                 Wróbel=wrobel Żurawska=zurawska",
        languages: &["pl-PL"],
        phones: &["+48601######"],
        weight: 3,
    },
    Origin {
        given: "Paweł=pawel Łukasz=lukasz Michał=michal Grzegorz Krzysztof Józef=jozef Stanisław=stanislaw Bartłomiej=bartlomiej",
        family: "Wiśniewski=wisniewski Wójcik=wojcik Kamiński=kaminski Dąbrowski=dabrowski Zając=zajac Łukasiewicz=lukasiewicz \
                 Wróbel=wrobel Żurawski=zurawski",
        languages: &["pl-PL"],
        phones: &["+48601######"],
        weight: 3,
    },
    // Czech and Slovak, women and men.
    Origin {
        given: "Kateřina=katerina Žaneta=zaneta Markéta=marketa Ľubica=lubica Božena=bozena Jiřina=jirina Věra=vera Anežka=anezka",
        family: "Nováková=novakova Dvořáková=dvorakova Černá=cerna Růžičková=ruzickova Říhová=rihova Šťastná=stastna \
                 Kovářová=kovarova Žáková=zakova",
        languages: &["cs-CZ", "sk-SK"],
        phones: &["+420601######"],
        weight: 2,
    },
    Origin {
        given: "Jiří=jiri Tomáš=tomas Ondřej=ondrej Ľuboš=lubos Zdeněk=zdenek Matěj=matej Šimon=simon Vojtěch=vojtech",
        family: "Novák=novak Dvořák=dvorak Černý=cerny Růžička=ruzicka Říha=riha Šťastný=stastny Kovář=kovar Žák=zak",
        languages: &["cs-CZ", "sk-SK"],
        phones: &["+420601######"],
        weight: 2,
    },
    // Hungarian and Romanian.
    Origin {
        given: "Győző=gyozo Zsófia=zsofia Ágnes=agnes Sándor=sandor Ödön=odon Boglárka=boglarka Ștefan=stefan Ileana Mădălina=madalina Răzvan=razvan",
        family: "Nagy Szűcs=szucs Kőműves=komuves Tóth=toth Szabó=szabo Ionescu Popescu Țîrlea=tirlea Șerban=serban Câmpeanu=campeanu",
        languages: &["hu-HU", "ro-RO"],
        phones: &["+3620#######", "+40722######"],
        weight: 3,
    },
    // Croatian, Slovene and Bosnian; Latvian and Lithuanian.
    Origin {
        given: "Željko=zeljko Đurđa=djurdja Ćiro=ciro Špela=spela Anže=anze Jānis=janis Līga=liga Žydrūnas=zydrunas Eglė=egle Rūta=ruta",
        family: "Kovačić=kovacic Đorđević=djordjevic Žižek=zizek Horvat Bērziņš=berzins Kalniņa=kalnina Šimkutė=simkute Krūmiņš=krumins",
        languages: &["hr-HR", "sl-SI", "lv-LV", "lt-LT"],
        phones: &["+38591#######", "+37129######"],
        weight: 2,
    },
    // Turkish: dotted and dotless i.
    Origin {
        given: "İbrahim=ibrahim Işıl=isil Çağla=cagla Gökhan=gokhan Şule=sule Ömer=omer Ayşe=ayse Uğur=ugur İrem=irem Yiğit=yigit",
        family: "Yılmaz=yilmaz Çelik=celik Şahin=sahin Öztürk=ozturk Yıldırım=yildirim Güneş=gunes İnan=inan Işık=isik Doğan=dogan Kılıç=kilic",
        languages: &["tr-TR"],
        phones: &["+90532#######"],
        weight: 4,
    },
    // Vietnamese: two marks on one letter.
    Origin {
        given: "Hương=huong Đức=duc Thảo=thao Quỳnh=quynh Dũng=dung Nguyệt=nguyet Ngọc_Ánh=ngocanh Tuấn=tuan Việt=viet Lệ=le",
        family: "Nguyễn=nguyen Trần=tran Lê=le Phạm=pham Hoàng=hoang Vũ=vu Đặng=dang Bùi=bui Đỗ=do Hồ=ho Ngô=ngo",
        languages: &["vi-VN"],
        phones: &["+8490#######"],
        weight: 4,
    },
    // Greek, women and men.
    Origin {
        given: "Ελένη=eleni Μαρία=maria Κατερίνα=katerina Ιωάννα=ioanna Δήμητρα=dimitra Χρυσούλα=chrysoula Αγγελική=angeliki",
        family: "Παπαδοπούλου=papadopoulou Γεωργίου=georgiou Νικολάου=nikolaou Οικονόμου=oikonomou Βλάχου=vlachou Αγγελοπούλου=angelopoulou",
        languages: &["el-GR"],
        phones: &["+30694#######"],
        weight: 2,
    },
    Origin {
        given: "Γιώργος=giorgos Δημήτρης=dimitris Νίκος=nikos Οδυσσέας=odysseas Θανάσης=thanasis Αχιλλέας=achilleas Σωτήρης=sotiris",
        family: "Παπαδόπουλος=papadopoulos Γεωργίου=georgiou Νικολάου=nikolaou Οικονόμου=oikonomou Βλάχος=vlachos Αγγελόπουλος=angelopoulos",
        languages: &["el-GR"],
        phones: &["+30694#######"],
        weight: 2,
    },
    // Russian, women and men.
    Origin {
        given: "Ольга=olga Наталья=natalya Ксения=kseniya Дарья=darya Юлия=yuliya Фёкла=fyokla Елизавета=elizaveta Екатерина=ekaterina",
        family: "Иванова=ivanova Смирнова=smirnova Кузнецова=kuznetsova Соловьёва=solovyova Щербакова=shcherbakova Воробьёва=vorobyova Цветкова=tsvetkova",
        languages: &["ru-RU", "ru-KZ"],
        phones: &["+7916#######"],
        weight: 3,
    },
    Origin {
        given: "Алексей=aleksey Дмитрий=dmitriy Фёдор=fyodor Юрий=yuriy Сергей=sergey Пётр=pyotr Артём=artyom Илья=ilya",
        family: "Иванов=ivanov Смирнов=smirnov Кузнецов=kuznetsov Соловьёв=solovyov Щербаков=shcherbakov Воробьёв=vorobyov Цветков=tsvetkov",
        languages: &["ru-RU", "ru-KZ"],
        phones: &["+7916#######"],
        weight: 3,
    },
    // Ukrainian, with the apostrophe inside a name; Bulgarian; Serbian.
    Origin {
        given: "Дар'я=darya Іван=ivan Олексій=oleksii Євген=yevhen Гліб=hlib Надія=nadiia Мар'яна=mariana Ђорђе=djordje Љиљана=ljiljana Здравко=zdravko",
        family: "Шевченко=shevchenko Ткаченко=tkachenko Кравчук=kravchuk Лук'яненко=lukianenko Гриценко=hrytsenko Їжак=yizhak Петровић=petrovic Ђукић=djukic",
        languages: &["uk-UA", "bg-BG", "sr-RS"],
        phones: &["+38067#######"],
        weight: 3,
    },
    // Armenian and Georgian.
    Origin {
        given: "Անահիտ=anahit Արամ=aram Նարեկ=narek Շուշան=shushan",
        family: "Հակոբյան=hakobyan Գրիգորյան=grigoryan Սարգսյան=sargsyan Պետրոսյան=petrosyan",
        languages: &["hy-AM"],
        phones: &["+37491######"],
        weight: 1,
    },
    Origin {
        given: "ნინო=nino გიორგი=giorgi თამარ=tamar ლევან=levan",
        family: "ბერიძე=beridze კაპანაძე=kapanadze გელაშვილი=gelashvili ლომიძე=lomidze",
        languages: &["ka-GE"],
        phones: &["+995599######"],
        weight: 1,
    },
    // Arabic.
    Origin {
        given: "محمد=mohamed فاطمة=fatima أحمد=ahmed مريم=mariam يوسف=youssef ليلى=layla خالد=khaled نور=nour عبد_الله=abdullah آية=aya",
        family: "الأحمد=alahmad حداد=haddad المصري=almasri النجار=alnajjar الخطيب=alkhatib بن_صالح=bensaleh منصور=mansour العلي=alali",
        languages: &["ar-EG", "ar-SA", "ar-MA"],
        phones: &["+2010########", "+96650#######"],
        weight: 5,
    },
    // Persian, with the zero-width non-joiner that belongs to the name.
    Origin {
        given: "علی\u{200c}رضا=alireza زهرا=zahra پریسا=parisa مهدی=mehdi شیرین=shirin کیان=kian",
        family: "حسینی=hosseini رضایی=rezaei کریمی=karimi یوسف\u{200c}زاده=yousefzadeh قاسمی=ghasemi",
        languages: &["fa-IR"],
        phones: &["+98912#######"],
        weight: 2,
    },
    // Hebrew.
    Origin {
        given: "נועה=noa יוסף=yosef תמר=tamar איתי=itay שירה=shira אליהו=eliyahu",
        family: "כהן=cohen לוי=levi מזרחי=mizrahi בן_דוד=bendavid פרץ=peretz אברהם=avraham",
        languages: &["he-IL"],
        phones: &["+972525######"],
        weight: 2,
    },
    // Hindi, Bengali and Tamil.
    Origin {
        given: "प्रिया=priya राहुल=rahul अनन्या=ananya विक्रम=vikram लक्ष्मी=lakshmi अर्जुन=arjun दीपिका=dipika श्याम=shyam",
        family: "शर्मा=sharma गुप्ता=gupta सिंह=singh वर्मा=varma मिश्रा=mishra त्रिपाठी=tripathi पाण्डेय=pandey",
        languages: &["hi-IN", "en-IN"],
        phones: &["+9198########"],
        weight: 5,
    },
    Origin {
        given: "অনিন্দ্য=anindya রুমা=ruma তানভীর=tanvir শর্মিলা=sharmila",
        family: "চক্রবর্তী=chakraborty সেন=sen রহমান=rahman বসু=basu",
        languages: &["bn-BD", "bn-IN"],
        phones: &["+880171#######"],
        weight: 2,
    },
    Origin {
        given: "கவிதா=kavitha முருகன்=murugan செல்வி=selvi கார்த்திக்=karthik",
        family: "சுப்பிரமணியன்=subramanian நடராஜன்=natarajan இராமசாமி=ramasamy",
        languages: &["ta-IN", "ta-LK"],
        phones: &["+9198########"],
        weight: 1,
    },
    // Thai: no spaces, marks above and below.
    Origin {
        given: "สมชาย=somchai สุดา=suda ณัฐ=nat กมล=kamon ปิยะ=piya วันเพ็ญ=wanphen",
        family: "ใจดี=jaidee ศรีสุข=srisuk ทองคำ=thongkham แสงจันทร์=saengchan วงศ์ใหญ่=wongyai",
        languages: &["th-TH"],
        phones: &["+6681#######"],
        weight: 3,
    },
    // Chinese, simplified and traditional, with one character outside the basic plane.
    Origin {
        given: "伟=wei 芳=fang 秀英=xiuying 娜=na 敏=min 静=jing 志强=zhiqiang 子涵=zihan 雨桐=yutong",
        family: "王=wang 李=li 张=zhang 刘=liu 陈=chen 欧阳=ouyang 赵=zhao 吕=lyu 司马=sima",
        languages: &["zh-CN", "zh-SG"],
        phones: &["+86139########"],
        weight: 7,
    },
    Origin {
        given: "志明=chihming 淑芬=shufen 家豪=chiahao 雅婷=yating 俊傑=chunchieh 怡君=yichun",
        family: "陳=chen 林=lin 黃=huang 張簡=changchien 𠮷田=yoshida 劉=liu 蔡=tsai",
        languages: &["zh-TW", "zh-HK"],
        phones: &["+88691#######"],
        weight: 3,
    },
    // Japanese.
    Origin {
        given: "陽菜=hina 蓮=ren さくら=sakura 大翔=hiroto 美咲=misaki 翔太=shota エミ=emi 健=ken",
        family: "佐藤=sato 鈴木=suzuki 高橋=takahashi 髙橋=takahashi 渡邊=watanabe 渡辺=watanabe 小林=kobayashi 斎藤=saito",
        languages: &["ja-JP"],
        phones: &["+81901#######"],
        weight: 5,
    },
    // Korean.
    Origin {
        given: "민준=minjun 서연=seoyeon 지훈=jihun 하은=haeun 도윤=doyun 수빈=subin",
        family: "김=kim 이=lee 박=park 최=choi 정=jung 남궁=namgung",
        languages: &["ko-KR"],
        phones: &["+82102#######"],
        weight: 4,
    },
    // Amharic.
    Origin {
        given: "አበበ=abebe ሰላም=selam ፍቅርተ=fikirte ዳዊት=dawit",
        family: "ተስፋዬ=tesfaye በቀለ=bekele ገብረ=gebre ወልደ=welde",
        languages: &["am-ET"],
        phones: &["+25191#######"],
        weight: 1,
    },
    // Yoruba, Igbo and Swahili.
    Origin {
        given: "Adébáyọ̀=adebayo Ọláyínká=olayinka Chinẹ́dụ=chinedu Ṣadé=sade Ngozi Juma Amina Wanjikũ=wanjiku Títílayọ̀=titilayo",
        family: "Ọ̀ṣúnlànà=osunlana Okonkwo Adéyẹmí=adeyemi Mwangi Kamau Otieno Ọ̀gbọ́nna=ogbonna Nnamdi",
        languages: &["en-NG", "yo-NG", "sw-KE"],
        phones: &["+234803#######", "+254722######"],
        weight: 4,
    },
    // Hawaiian and Maori: the okina and long vowels.
    Origin {
        given: "Kaʻiulani=kaiulani Keanu Leilani Nāhuia=nahuia Tāne=tane Mārama=marama",
        family: "Kealoha Kaʻahumanu=kaahumanu Ngāta=ngata Te_Aho=teaho Pārata=parata",
        languages: &["en-US", "mi-NZ"],
        phones: &["+180855501##", "+6421######"],
        weight: 1,
    },
];
