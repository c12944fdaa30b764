using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Parts.Rounds;
using Colead.Storage;

namespace Colead.Parts.Answering.Texts;

/// <summary>What respondents read in Welsh. Written without a fluent reviewer so far: <see cref="RespondentTexts.Review"/> says so to
/// coordinators.</summary>
internal static class Welsh
{
    private static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("cy-GB");
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public static RespondentTexts Texts { get; } = new()
    {
        Tag = "cy",
        Review = LanguageReview.AwaitingReview,
        SkipLink = "Neidio i'r prif gynnwys",
        Problem = "Mae problem",
        Level = Level,
        List = names => English.Listed(names, "a"),

        Lede = round =>
            $"Hoffai {round.Partnership} wybod sut yr ydych chi'n gweld pethau. Mae {N(round.Instrument.ItemCount)} o osodiadau mewn {N(round.Instrument.Dimensions.Count)} o rannau byr. Mae'n cymryd tua {N(round.Minutes)} munud.",
        Purpose = purpose => $"Diben y bartneriaeth: {purpose}",
        AnswerFor = (level, organisation) => $"Rydych yn ateb dros {organisation}. Eich lefel yno: {level}.",
        ChooseOrganisation = "Dros ba sefydliad yr ydych yn ateb?",
        YourOrganisation = "I ba sefydliad yr ydych yn perthyn?",
        NoOrganisation = "Dim un: rwy'n ateb drosof fy hun",
        YourLevel = "Rwy'n ateb fel…",
        MoreThanOneLevel = "Mwy nag un? Dewiswch yr un sy'n eich helpu i adnabod y partneriaid orau.",
        LevelChoice = level => level switch
        {
            Colead.Storage.Level.Board => "aelod bwrdd: ymddiriedolwr, llywodraethwr neu gynghorydd",
            Colead.Storage.Level.Senior => "prif swyddog neu uwch reolwr",
            Colead.Storage.Level.Middle => "rheolwr neu arweinydd tîm",
            Colead.Storage.Level.Frontline => "aelod o staff nad yw'n rheoli neb",
            Colead.Storage.Level.Volunteer => "gwirfoddolwr",
            _ => "preswylydd, neu berson sy'n defnyddio gwasanaethau",
        },
        HowToAnswer = "Sut i ateb, a'r geiriau a ddefnyddiwn",
        OrganisationMissing = "Dewiswch sefydliad, neu ddim un",
        LevelMissing = "Dewiswch yr un sy'n eich disgrifio orau",
        OneAnswerADevice = "Gall pob ffôn neu gyfrifiadur ateb unwaith.",
        Start = "Dechrau",
        Later = "Cewch adael unrhyw beth allan. Mae pob tudalen yn cael ei chadw, felly gallwch stopio a mynd ymlaen yn nes ymlaen gyda'r un ddolen.",
        OpenUntil = time => $"Ar agor tan {Say(time)}.",
        SlipOrganisation = "Gyda pha sefydliad yr ydych chi?",
        PromiseHeading = "Beth sy'n digwydd i'ch atebion",
        Promise = Promise,
        MoreHeading = "Beth arall y dylech ei wybod",
        More = More,
        PrivacyHeading = "Hysbysiad preifatrwydd",
        Privacy = Privacy,

        WelcomeBack = (part, parts) => $"Croeso'n ôl. Mae eich atebion hyd yma wedi'u cadw. Nesaf: rhan {N(part)} o {N(parts)}.",
        GoOn = "Mynd ymlaen",
        SlipBegun = "A ddechreuoch chi ar ddyfais arall?",
        SlipBegunText =
            "I fynd ymlaen yma, teipiwch y cod byr sydd i'w weld yno wrth droed pob tudalen. Hebddo ni all neb agor yr hyn a gadwoch, hyd yn oed rhywun sydd â'ch slip.",
        BegunElsewhere = "Fe ddechreuoch ar ddyfais arall",
        BegunElsewhereText =
            "I fynd ymlaen yma, teipiwch y cod byr sydd i'w weld yno wrth droed pob tudalen. Hebddo ni all neb agor yr hyn a gadwoch, hyd yn oed rhywun sydd â'ch dolen.",
        Code = "Cod byr",
        CodeButton = "Mynd ymlaen yma",
        CodeWrong = "Nid dyna'r cod. Edrychwch arno eto: wyth llythyren a rhif",
        CodeNoMore = "Bu hynny'n anghywir yn rhy aml. Ewch ymlaen lle y dechreuoch, neu ddechrau o'r newydd yma",
        StartAfresh = "Dechrau o'r newydd yma",
        StartAfreshText = "Neu ddechrau eto gyda thudalennau gwag. Dim ond yr hyn a anfonwch gyntaf fydd yn cyfrif.",
        Lost = "Ni ddaethpwyd o hyd i ddim wedi'i gadw ar y ddyfais hon. Os ydych newydd bwyso Dechrau, mae eich porwr yn gwrthod cwcis: caniatewch nhw ar gyfer y wefan hon, neu defnyddiwch borwr arall. Un cwci yn unig a ddefnyddiwn, i gadw eich lle.",

        Part = (part, parts) => $"Rhan {N(part)} o {N(parts)}",
        MinutesLeft = minutes => $"tua {N(minutes)} munud ar ôl",
        Saved = "wedi'i gadw",
        DontKnow = "Ddim yn gwybod",
        Comment = "Unrhyw beth i'w ychwanegu am hyn? Nid oes rhaid.",
        CommentHint = most => $"Peidiwch ag enwi neb, gan gynnwys chi eich hun. Hyd at {most.ToString("N0", Culture)} o nodau.",
        Next = "Cadw a pharhau",
        Back = "Yn ôl",
        WhoSees = "Pwy all weld fy atebion?",
        WhoSeesText = (round, _) =>
            $"Nid yw Colead yn dangos i neb beth a ateboch. Dim ond cyfartaleddau o leiaf {N(round.MeansFrom)} o bobl sy'n cael eu dangos, a gosodiadau unigol dim ond o {N(round.DetailsFrom)}. Mae'r cydlynydd yn darllen y sylwadau yn gyntaf, heb enwau. Mae gweddill yr hanes ar y dudalen gyntaf.",
        OtherDevice = "Mynd ymlaen ar ddyfais arall",
        OtherDeviceText = "Agorwch eich dolen yno a theipiwch y cod byr hwn:",
        OffScale = "Nid oedd un ateb ar y raddfa. Ni chadwyd dim; edrychwch ar y dudalen hon eto",
        NotOfThisPage = "Nid yw rhan o'r hyn a anfonwyd yn perthyn i'r dudalen hon. Ni chadwyd dim; edrychwch ar y dudalen hon eto",
        CommentTooLong = most => $"Byrhewch hwn i {most.ToString("N0", Culture)} o nodau. Nid oes dim ar y dudalen hon wedi'i gadw eto",
        NoRoomHeading = "Nid oes lle ar ôl i atebion",
        NoRoom = "Ni ellid cadw hyn: mae disg yr arolwg hwn yn llawn. Mae'r hyn a roesoch yma o hyd. Gadewch y dudalen hon ar agor a phwyswch y botwm eto yn nes ymlaen, neu dywedwch wrth y sawl a ofynnodd i chi",
        NotSaved = "Ni ellid cadw hyn y tro hwn. Pwyswch y botwm eto",

        ReviewHeading = "Edrychwch drosto cyn anfon",
        ReviewLede = (answered, of) =>
            $"Rydych wedi ateb {N(answered)} o {N(of)} gosodiad. Cewch newid unrhyw beth, neu ei adael fel y mae.",
        Change = "Newid",
        NotAnswered = "Heb ei ateb",
        YourComment = "Eich sylw",
        BeforeSending = "Ar ôl eu hanfon, ni ellir newid eich atebion na'u tynnu'n ôl: o hynny ymlaen nid oes tudalen sy'n arwain atynt.",
        Send = "Anfon fy atebion",
        NothingToSend = "Nid oes dim i'w anfon eto. Atebwch o leiaf un gosodiad, neu ysgrifennwch sylw",
        ChangedMeanwhile =
            "Newidiodd eich atebion tra oedd y dudalen hon ar agor, efallai mewn ffenestr arall. Edrychwch drostynt, yna anfonwch",
        Thanks = "Diolch. Mae eich atebion wedi cyrraedd.",
        ThanksText = "Maent wedi'u storio, wedi'u hamgryptio, ac mae'r hyn a gadwyd ar y ffordd wedi'i ddileu. Pan fydd y rownd yn cau, caiff yr allwedd i bob ateb ei dinistrio.",
        ThanksNext = time => time is { } closes
            ? $"Mae'r rownd yn cau ar {Say(closes)}. Wedi hynny bydd y bartneriaeth yn gweld y canlyniadau gyda'i gilydd."
            : "Pan fydd y rownd wedi cau, bydd y bartneriaeth yn gweld y canlyniadau gyda'i gilydd.",
        MayClose = "Cewch gau'r dudalen hon nawr.",

        Closed = Closed,
        Questions = contact => $"Cwestiynau? Gofynnwch i {contact}.",
        TypeItAgain = "Teipio'r cod eto",
        TypedHeading = "Teipiwch y cod o'ch llythyr",
        TypedText = "Mae'r cod yn 26 llythyren a rhif o hyd. Mae'n arwain at eich cwestiynau.",
        TypedLabel = "Cod",
        TypedHint = "Nid yw priflythrennau, bylchau na chysylltnodau o bwys. Nid oes llythyren O, I, L nac U ynddo.",
        TypedButton = "I'r cwestiynau",
        TypedWrong = "Nid yw hwn yn god cyflawn. Cymharwch ef â'ch llythyr, fesul grŵp",
        StopHeading = "Dim mwy o nodiadau atgoffa?",
        StopText = "Mae nodiadau atgoffa'n mynd at bawb, p'un a ydynt wedi ateb ai peidio. Gallwch atal eich rhai chi; mae eich dolen yn dal i weithio.",
        StopButton = "Peidiwch ag anfon rhagor o nodiadau ataf",
        Stopped = "Ni chewch ragor o nodiadau atgoffa ar gyfer y rownd hon.",
        TooManyHeading = "Mae llawer iawn o bobl yn dod o'r fan hon ar unwaith",
        TooMany = "Dim ond hyn a hyn o bobl yr ydym yn eu derbyn mewn awr o un lle, fel na all neb ateb ganwaith. Nid oes dim o'i le ar eich dolen: rhowch gynnig arall arni yn nes ymlaen, neu ar ddata symudol yn lle'r Wi-Fi hwn.",
        TooManyAtOnce = "Nid oes dim o'i le ar eich dolen. Arhoswch funud, yna ewch ymlaen o'r fan hon.",
    };

    private static List<string> Promise(PromiseFor to) =>
    [
        "Nid yw Colead yn dangos i neb beth a ateboch, na ph'un a wnaethoch.",
        to.ByOpenLink ? $"Dangosir atebion drwy'r ddolen agored hon fel un grŵp, o {N(to.Round.DetailsFrom)} ateb ymlaen."
            : $"Ni ddangosir cyfartaledd o lai na {N(to.Round.MeansFrom)} o bobl.",
        "Pan fydd y rownd yn cau, caiff yr allwedd i bob ateb ei dinistrio; o hynny ymlaen ni all neb edrych am eich rhai chi, oni bai i'r cyfrifiadur gael ei gopïo cyn hynny.",
    ];

    private static List<string> More(PromiseFor to)
    {
        var round = to.Round;
        var lines = new List<string>();
        if (to.ByOpenLink)
        {
            lines.Add("Nid oes neb yn gofyn am eich enw. Yr hyn a gedwir gyda'ch atebion: yr hyn a ddywedwch am eich sefydliad a'ch lefel.");
            lines.Add($"Gall unrhyw un ddefnyddio'r ddolen hon, mor aml ag y mae ganddynt ddyfeisiau. Felly gall un person fod yn {N(round.DetailsFrom - 1)} o {N(round.DetailsFrom)}, ac yna gyfrifo beth a atebodd yr un olaf.");
        }
        else
        {
            lines.Add("Ni chedwir eich enw gyda'ch atebion. Yr hyn a gedwir gyda nhw, wedi'i amgryptio: y sefydliad a'r lefel yr ydych yn ateb drostynt.");
            lines.Add(Asked(to));
            lines.Add(List(to));
            if (to.OthersUnconfirmed) lines.Add("Ni chadarnhawyd rhai o restrau sefydliadau eraill gan neb heblaw pwy a'u hysgrifennodd. Gallai pwy bynnag a ysgrifennodd restr o'r fath fod wedi dyfeisio pobl, ac yna gyfrifo beth a atebodd un go iawn, yn eich sefydliad chi hefyd.");
            lines.Add($"Gallai {N(to.Others)} cydweithiwr sy'n rhannu eu hatebion gyfrifo beth a atebodd un person arall gyda nhw.");
            lines.Add($"Lle na holwyd ond {N(round.MeansFrom)} o bobl mewn grŵp, dim ond os atebodd pob un ohonynt y dangosir ef: "
                + "mae pwy bynnag sy'n ei weld wedyn yn gwybod iddynt wneud. Felly hefyd gyda gosodiadau unigol lle na "
                + $"holwyd ond {N(round.DetailsFrom)}.");
            lines.Add($"Lle holwyd llai na {N(round.MeansFrom)} o bobl mewn sefydliad, gall rhywun sy'n gosod yr holl gyfartaleddau wrth ochr y rhestr weithiau "
                + "gyfrifo faint ohonynt o leiaf a atebodd; nid beth.");
        }
        lines.Add($"Dim ond o {N(round.DetailsFrom)} o bobl y dangosir gosodiadau unigol, pa mor bell oddi wrth ei gilydd y mae pobl, a sylwadau.");
        if (!round.OrganisationRows) lines.Add("Ni ddangosir canlyniadau sefydliadau unigol o gwbl.");
        else
        {
            lines.Add("Dim ond fel cyfanwaith y dangosir sefydliad, byth wedi'i rannu yn ôl lefel.");
            foreach (var fold in RespondentTexts.FoldsOf(round))
                lines.Add(fold.Count == 1 ? $"Ni ddangosir {fold[0]} ar ei ben ei hun."
                    : $"Fel nad yw sefydliadau bach yn sefyll allan, dangosir y rhain fel un: {English.Listed(fold, "a")}.");
        }
        if (!to.ByOpenLink
            && round.HasOpenLink) lines.Add("Mae dolen agored hefyd, lle gall unrhyw un ateb. Caiff yr atebion hynny eu cyfrif ar wahân i'ch rhai chi.");
        lines.Add("Nes i'r rownd gau, gallai pwy bynnag sy'n rhedeg y cyfrifiadur sy'n storio'r atebion edrych arnynt.");
        lines.Add(round.KeysCopied switch
        {
            true => "Cedwir un copi o'r allwedd i'r atebion ar wahân i'r cyfrifiadur hwnnw, a'i drosysgrifo ar ôl i'r rownd gau.",
            false => "Ni chedwir copi o'r allwedd i'r atebion: os collir y cyfrifiadur hwnnw cyn i'r rownd gau, collir yr atebion hefyd.",
            null => "Gall pwy bynnag sy'n rhedeg y cyfrifiadur hwnnw gadw un copi o'r allwedd ar wahân iddo nes i'r rownd gau.",
        });
        lines.Add("Mae'r cydlynydd yn darllen sylwadau ar ôl cau, heb enwau, cyn i neb arall wneud.");
        if (to.Uses(RoundWay.Mail)
            && !to.ByOpenLink) lines.Add("Gallai pwy bynnag sy'n darllen eich post weld i'ch dolen gael ei defnyddio, neu ei defnyddio o'ch blaen.");
        lines.Add("Gall cyflogwr wylio ei ddyfeisiau a'i rwydwaith ei hun: defnyddiwch eich rhai chi.");
        if (to.Uses(RoundWay.Paper) && !to.ByOpenLink)
            lines.Add("Mae rhai pobl yn cael eu dolen ar slip y maent yn ei dynnu. Gallai pwy bynnag sy'n argraffu'r slipiau "
                + "ddefnyddio'r rhai na thynnodd neb, ac felly ddyfeisio pobl hefyd. Mae pwy bynnag sy'n eu cadw yn gweld "
                + "faint na thynnodd neb.");
        if (to.Uses(RoundWay.Merge)
            && !to.ByOpenLink) lines.Add("Mae'r cydlynydd yn anfon y dolenni â rhaglen ei hun. Gallai pwy bynnag sydd â'r rhestr honno weld a ddefnyddiwyd dolen, neu ei defnyddio.");
        if (!to.ByOpenLink) lines.Add("Drafft yw'r hyn a gadwch cyn anfon. Mae'n agor ar y ddyfais hon, neu ar un arall gyda'ch dolen a chod byr a ddangosir i chi. Caiff ei ddileu pan fyddwch yn anfon, a phan fydd y rownd yn cau.");
        else lines.Add("Drafft sy'n agor ar y ddyfais hon yw'r hyn a gadwch cyn anfon. Caiff ei ddileu pan fyddwch yn anfon, a phan fydd y rownd yn cau.");
        lines.Add("Ni ellir newid na thynnu'n ôl ateb a anfonwyd, am nad oes tudalen sy'n arwain ato mwyach.");
        lines.Add($"Caiff y canfyddiadau eu dileu {Years(round.KeptYears)} ar ôl i'r rownd gau.");
        lines.Add($"Cwestiynau? Gofynnwch i {round.Contact}.");
        return lines;
    }

    private static string Asked(PromiseFor to) => to.OwnAsked.Count == 0
        ? $"Gofynnir i {N(to.AllAsked)} o bobl i gyd."
        : $"Gofynnir i {N(to.AllAsked)} o bobl i gyd; o {to.OwnName}: {English.Listed([.. to.OwnAsked.Select(a => $"{Level(a.Level)} {N(a.People)}")], "a")}. A yw hynny'n edrych yn anghywir? Yna dywedwch wrth y person a enwir isod cyn ateb.";

    private static string List(PromiseFor to)
    {
        var (whose, confirmed) = to.OwnName is { } name ? ($"y rhestr o bobl yn {name}", to.OwnConfirmed == true)
            : ("y rhestr o bobl y gofynnir iddynt", !to.AnyUnconfirmed);
        return confirmed
            ? $"Ar {whose}, dim ond y rhai a gadarnhawyd gan rywun heblaw pwy a'u hysgrifennodd sy'n cyfrif. Gallai'r ddau gyda'i gilydd fod wedi dyfeisio pobl o hyd, ac yna gyfrifo beth a atebodd un go iawn; felly hefyd un person â'r ddau gyfrif."
            : $"Ni chadarnhawyd {whose} gan neb heblaw pwy a'i hysgrifennodd. Gallai pwy bynnag a'i hysgrifennodd fod wedi dyfeisio pobl, ac yna gyfrifo beth a atebodd un go iawn.";
    }

    private static List<string> Privacy(PromiseFor to)
    {
        var round = to.Round;
        return
        [
            $"Pwy sy'n gyfrifol: {round.Partnership}. Gofynnwch i {round.Contact}, hefyd am y sail gyfreithiol dros hyn.",
            to.ByOpenLink
                ? "Beth sydd gennym: eich atebion a'ch sylwadau, a'r sefydliad a'r lefel a nodwch, wedi'u hamgryptio nes i'r rownd gau. Nid eich enw, eich cyfeiriad na'r amser."
                : "Beth sydd gennym: eich enw, eich cyfeiriad e-bost, eich sefydliad a'ch lefel ar restr o'r bobl a holwyd; ar wahân iddi, eich atebion a'ch sylwadau gyda sefydliad a lefel, wedi'u hamgryptio nes i'r rownd gau. Nid yr amser, a dim am eich dyfais.",
            "At ba ddiben: i ganfod pa mor dda y mae'r sefydliadau'n arwain gyda'i gilydd, ac at ddim arall.",
            "Pwy sy'n ei weld: mae'r bartneriaeth yn gweld cyfartaleddau; mae cydlynydd yn darllen y sylwadau yn gyntaf ac yn tynnu geiriau a allai ddangos pwy a'u hysgrifennodd. Nid oes dim yn mynd at neb am arian nac ar gyfer hysbysebu.",
            "Mae un cwci ar eich dyfais yn cadw eich lle ar y tudalennau hyn. Nid oes yr un dudalen yma'n galw ar gwmni arall.",
            $"Am ba hyd: atebion a drafftiau nes i'r rownd gau; y canfyddiadau, gyda sylwadau a ryddhawyd, am {Years(round.KeptYears)} wedi hynny.",
            "Eich hawliau: nid oes rhaid i chi gymryd rhan, ac nid oes tudalen sy'n dweud pwy a wnaeth. Cyn anfon, cewch newid popeth neu stopio. Wedi hynny nid oes tudalen sy'n arwain at eich ateb, felly ni ellir ei ddangos i chi, ei gywiro na'i ddileu ar ei ben ei hun. Cewch gwyno i Swyddfa'r Comisiynydd Gwybodaeth (ico.org.uk).",
        ];
    }

    private static (string, string) Closed(Situation situation, DateTime? time) => situation switch
    {
        Situation.NotYetOpen => ("Nid yw'r cwestiynau ar agor eto", time is { } opens
            ? $"Maent yn agor ar {Say(opens)}. Bydd eich dolen yn gweithio o hynny ymlaen."
            : "Mae eich dolen yn gywir. Rhowch gynnig arall arni pan glywch fod y rownd ar agor."),
        Situation.Over => ("Mae'r rownd wedi cau",
            "Diolch am ddod. Mae'r atebion wedi cyrraedd ac ni ellir derbyn rhagor. Nid yw drafftiau na chawsant eu hanfon yn cyfrif."),
        Situation.Cancelled => ("Cafodd y rownd hon ei chanslo",
            "Ni ddangosir i neb unrhyw ateb a roddwyd. Nid oes angen i chi wneud dim."),
        Situation.Replaced => ("Mae dolen fwy newydd i chi",
            "Anfonwyd eich gwahoddiad i gyfeiriad arall, gyda dolen arall. Nid yw'r hyn a gadwyd drwy'r ddolen hon heb ei anfon yn cyfrif. Os na ofynnoch am hynny, dywedwch wrth y person a enwir yma."),
        Situation.Withdrawn => ("Cafodd y gwahoddiad hwn ei dynnu'n ôl",
            "Efallai eich bod wedi gadael y sefydliad, neu fod rhywun wedi gofyn i chi drwy gamgymeriad. Nid yw'r hyn a gadwyd heb ei anfon yn cyfrif."),
        Situation.Used =>
            ("Mae'r ddolen hon wedi'i defnyddio",
            "Anfonwyd atebion drwyddi, ac nid yw'n derbyn rhagor. Os nad chi a'u hanfonodd, dywedwch wrth y person a enwir yma."),
        Situation.TryLater =>
            ("Ni ellir agor hyn ar hyn o bryd",
            "Nid yw rhywbeth ar ein hochr ni'n barod. Nid oes dim a gadwoch wedi'i golli. Rhowch gynnig arall arni yn nes ymlaen."),
        Situation.UsedDevice => ("Rydych wedi ateb o'r ddyfais hon", "Gall pob ffôn neu gyfrifiadur ateb unwaith. Diolch am gymryd rhan."),
        _ => ("Nid ydym yn adnabod y ddolen hon",
            "Efallai fod llythyren neu rif ar goll neu'n anghywir. Cymharwch hi â'ch llythyr neu neges, neu deipio'r cod eto."),
    };

    private static string Level(Level level) => level switch
    {
        Colead.Storage.Level.Board => "Bwrdd",
        Colead.Storage.Level.Senior => "Uwch reolwr",
        Colead.Storage.Level.Middle => "Rheolwr",
        Colead.Storage.Level.Frontline => "Rheng flaen",
        Colead.Storage.Level.Volunteer => "Gwirfoddolwr",
        _ => "Dinesydd",
    };

    private static string Say(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London)
        .ToString("d MMMM yyyy 'am' H:mm", Culture);

    private static string Years(int years) => years switch { 1 => "1 flwyddyn", 2 => "2 flynedd", _ => $"{N(years)} mlynedd" };

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
