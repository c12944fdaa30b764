using System.Globalization;
using Colead.Analysis.Instruments;
using Colead.Data.Partnerships;

namespace Colead.Web.Features.Inventory.Answering;

/// <summary>What respondents read in Welsh. Written without a fluent reviewer so far: <see cref="RespondentTexts.Review"/> says so to coordinators.</summary>
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

        Lede = round => $"Hoffai {round.Partnership} wybod sut yr ydych chi'n gweld pethau. Mae {N(round.Instrument.ItemCount)} o osodiadau mewn {N(round.Instrument.Dimensions.Count)} o rannau byr. Mae'n cymryd tua {N(round.Minutes)} munud.",
        Purpose = purpose => $"Diben y bartneriaeth: {purpose}",
        AnswerFor = (level, organisation) => $"Rydych yn ateb dros {organisation}. Eich lefel yno: {level}.",
        ChooseOrganisation = "Dros ba sefydliad yr ydych yn ateb?",
        YourOrganisation = "I ba sefydliad yr ydych yn perthyn?",
        NoOrganisation = "Dim un: rwy'n ateb drosof fy hun",
        YourLevel = "Pa un sy'n eich disgrifio orau?",
        OrganisationMissing = "Dewiswch sefydliad, neu ddim un",
        LevelMissing = "Dewiswch yr un sy'n eich disgrifio orau",
        OneAnswerADevice = "Gall pob ffôn neu gyfrifiadur ateb unwaith.",
        Start = "Dechrau",
        ToTheStart = "Ewch yn syth i'r dechrau",
        Later = "Cewch adael unrhyw beth allan. Mae pob tudalen yn cael ei chadw, felly gallwch stopio a mynd ymlaen yn nes ymlaen gyda'r un ddolen.",
        OpenUntil = time => $"Ar agor tan {Say(time)}.",
        PromiseHeading = "Beth sy'n digwydd i'ch atebion",
        Promise = Promise,
        PrivacyHeading = "Hysbysiad preifatrwydd",
        Privacy = Privacy,

        WelcomeBack = (part, parts) => $"Croeso'n ôl. Mae eich atebion hyd yma wedi'u cadw. Nesaf: rhan {N(part)} o {N(parts)}.",
        GoOn = "Mynd ymlaen",
        BegunElsewhere = "Fe ddechreuoch ar ddyfais arall",
        BegunElsewhereText = "I fynd ymlaen yma, teipiwch y cod byr sydd i'w weld yno wrth droed pob tudalen. Hebddo ni all neb agor yr hyn a gadwoch, hyd yn oed rhywun sydd â'ch dolen.",
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
        Skip = "Hepgor",
        Comment = "Unrhyw beth i'w ychwanegu am hyn? Nid oes rhaid.",
        CommentHint = most => $"Peidiwch ag enwi neb, gan gynnwys chi eich hun. Hyd at {most.ToString("N0", Culture)} o nodau.",
        Next = "Cadw a pharhau",
        Back = "Yn ôl",
        WhoSees = "Pwy all weld fy atebion?",
        WhoSeesText = (round, _) => $"Nid oes neb yn gweld eich rhai chi. Dim ond cyfartaleddau o leiaf {N(round.MeansFrom)} o bobl sy'n cael eu dangos, a gosodiadau unigol dim ond o {N(round.DetailsFrom)}. Mae'r cydlynydd yn darllen y sylwadau cyn i neb arall eu gweld.",
        OtherDevice = "Mynd ymlaen ar ddyfais arall",
        OtherDeviceText = "Agorwch eich dolen yno a theipiwch y cod byr hwn:",
        OffScale = "Nid oedd un ateb ar y raddfa. Ni chadwyd dim; edrychwch ar y dudalen hon eto",
        NotOfThisPage = "Nid yw rhan o'r hyn a anfonwyd yn perthyn i'r dudalen hon. Ni chadwyd dim; edrychwch ar y dudalen hon eto",
        CommentTooLong = most => $"Byrhewch hwn i {most.ToString("N0", Culture)} o nodau. Nid oes dim ar y dudalen hon wedi'i gadw eto",
        NoRoomHeading = "Nid oes lle ar ôl i atebion",
        NoRoom = "Ni ellid cadw hyn: mae disg yr arolwg hwn yn llawn. Mae'r hyn a roesoch yma o hyd. Gadewch y dudalen hon ar agor a phwyswch y botwm eto yn nes ymlaen, neu dywedwch wrth y sawl a ofynnodd i chi",
        NotSaved = "Ni ellid cadw hyn y tro hwn. Pwyswch y botwm eto",

        ReviewHeading = "Edrychwch drosto cyn anfon",
        ReviewLede = (answered, of) => $"Rydych wedi ateb {N(answered)} o {N(of)} gosodiad. Cewch newid unrhyw beth, neu ei adael fel y mae.",
        Change = "Newid",
        Skipped = "Hepgorwyd",
        NotAnswered = "Heb ei ateb",
        YourComment = "Eich sylw",
        BeforeSending = "Ar ôl eu hanfon, ni ellir newid eich atebion na'u tynnu'n ôl, am na all neb ddod o hyd iddynt mwyach.",
        Send = "Anfon fy atebion",
        NothingToSend = "Nid oes dim i'w anfon eto. Atebwch o leiaf un gosodiad, neu ysgrifennwch sylw",
        ChangedMeanwhile = "Newidiodd eich atebion tra oedd y dudalen hon ar agor, efallai mewn ffenestr arall. Edrychwch drostynt, yna anfonwch",
        Thanks = "Diolch. Mae eich atebion wedi cyrraedd.",
        ThanksText = "Maent wedi'u storio'n ddiogel, ac mae'r hyn a gadwyd ar y ffordd wedi'i ddileu. Ni all neb ddweud pa atebion yw eich rhai chi ar ôl i'r rownd gau.",
        ThanksNext = time => time is { } closes ? $"Mae'r rownd yn cau ar {Say(closes)}. Wedi hynny bydd y bartneriaeth yn gweld y canlyniadau gyda'i gilydd." : "Pan fydd y rownd wedi cau, bydd y bartneriaeth yn gweld y canlyniadau gyda'i gilydd.",
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
        TooManyHeading = "Mae llawer iawn o bobl yn dod o'r fan hon ar unwaith",
        TooMany = "Dim ond hyn a hyn o bobl yr ydym yn eu derbyn mewn awr o un lle, fel na all neb ateb ganwaith. Nid oes dim o'i le ar eich dolen: rhowch gynnig arall arni yn nes ymlaen, neu ar ddata symudol yn lle'r Wi-Fi hwn.",
    };

    private static List<string> Promise(RoundSheet round, bool byOpenLink)
    {
        var lines = new List<string>
        {
            byOpenLink ? "Nid oes neb yn gofyn am eich enw. Yr hyn a gedwir gyda'ch atebion: dim ond yr hyn a ddywedwch am eich sefydliad a'ch lefel." : "Ni chedwir eich enw gyda'ch atebion. Yr hyn a gedwir gyda nhw: dim ond y sefydliad a'r lefel yr ydych yn ateb drostynt.",
            $"Ni ddangosir cyfartaledd ar gyfer llai na {N(round.MeansFrom)} o bobl.",
            $"Dim ond o {N(round.DetailsFrom)} o bobl y dangosir gosodiadau unigol, pa mor bell oddi wrth ei gilydd y mae pobl, a sylwadau.",
        };
        if (!round.OrganisationRows) lines.Add("Ni ddangosir canlyniadau sefydliadau unigol o gwbl.");
        else
        {
            lines.Add("Dim ond fel cyfanwaith y dangosir sefydliad, byth wedi'i rannu yn ôl lefel.");
            foreach (var fold in RespondentTexts.FoldsOf(round))
                lines.Add(fold.Count == 1 ? $"Ni ddangosir {fold[0]} ar ei ben ei hun." : $"Fel nad yw sefydliadau bach yn sefyll allan, dangosir y rhain fel un: {English.Listed(fold, "a")}.");
        }
        if (byOpenLink) lines.Add($"Dangosir atebion drwy'r ddolen agored hon fel un grŵp, ar wahân i bob un arall, a dim ond o {N(round.DetailsFrom)} o bobl.");
        else if (round.HasOpenLink) lines.Add("Mae dolen agored hefyd, lle gall unrhyw un ateb. Caiff yr atebion hynny eu cyfrif ar wahân i'ch rhai chi.");
        if (!byOpenLink) lines.Add("Nes i chi anfon, drafft yw'r hyn a gadwch. Mae'n agor ar y ddyfais hon, neu ar un arall gyda'ch dolen a chod byr a ddangosir i chi yn unig. Ni all y cydlynydd ei ddarllen; gallai pwy bynnag sy'n gofalu am y cyfrifiadur sy'n ei storio. Caiff ei ddileu pan fyddwch yn anfon, a phan fydd y rownd yn cau.");
        else lines.Add("Nes i chi anfon, drafft sy'n agor ar y ddyfais hon yn unig yw'r hyn a gadwch. Gallai pwy bynnag sy'n gofalu am y cyfrifiadur sy'n ei storio ei ddarllen. Caiff ei ddileu pan fyddwch yn anfon, a phan fydd y rownd yn cau.");
        if (!byOpenLink) lines.Add("Nes i'r rownd gau rydym yn cofio eich bod wedi ateb, nid beth, fel bod nodiadau atgoffa'n mynd at eraill yn unig.");
        lines.Add("Tra bydd y rownd ar agor, ac mewn copïau wrth gefn o'r cyfnod hwnnw, gallai rhywun â'r ffeiliau sydd wedi'u storio gysylltu ateb â pherson o hyd. Pan fydd y rownd yn cau, caiff yr atebion eu cymysgu a'r dolenni eu dinistrio. O hynny ymlaen ni all neb.");
        lines.Add("Ni ellir newid na thynnu'n ôl ateb a anfonwyd, am na all neb ddod o hyd iddo.");
        lines.Add($"Caiff y rownd gyfan ei dileu {Years(round.KeptYears)} ar ôl iddi gau.");
        lines.Add($"Cwestiynau? Gofynnwch i {round.Contact}.");
        return lines;
    }

    private static List<string> Privacy(RoundSheet round, bool byOpenLink) =>
    [
        $"Pwy sy'n gyfrifol: {round.Partnership}. Gofynnwch i {round.Contact}, hefyd am y sail gyfreithiol dros hyn.",
        byOpenLink ? "Beth sydd gennym: eich atebion a'ch sylwadau, a'r sefydliad a'r lefel a nodwch. Nid eich enw, eich cyfeiriad na'r amser." : "Beth sydd gennym: eich enw a'ch sefydliad ar restr o'r bobl a holwyd; ar wahân iddi, eich atebion a'ch sylwadau gyda sefydliad a lefel. Nid yr amser, a dim am eich dyfais.",
        "At ba ddiben: i ganfod pa mor dda y mae'r sefydliadau'n arwain gyda'i gilydd, ac at ddim arall.",
        "Pwy sy'n ei weld: mae'r bartneriaeth yn gweld cyfartaleddau; mae cydlynydd yn darllen y sylwadau yn gyntaf ac yn tynnu geiriau a allai ddangos pwy a'u hysgrifennodd. Nid oes dim yn mynd at neb am arian nac ar gyfer hysbysebu.",
        "Mae un cwci ar eich dyfais yn cadw eich lle ar y tudalennau hyn. Nid oes yr un dudalen yma'n galw ar gwmni arall.",
        $"Am ba hyd: drafftiau nes i'r rownd gau fan bellaf; popeth arall am {Years(round.KeptYears)} wedi hynny.",
        "Eich hawliau: nid oes rhaid i chi gymryd rhan, ac ni ddywedir wrth neb pwy na wnaeth. Cyn anfon, cewch newid popeth neu stopio. Wedi hynny ni all neb ddod o hyd i'ch ateb, felly ni ellir ei ddangos i chi, ei gywiro na'i ddileu ar ei ben ei hun. Cewch gwyno i Swyddfa'r Comisiynydd Gwybodaeth (ico.org.uk).",
    ];

    private static (string, string) Closed(Situation situation, DateTime? time) => situation switch
    {
        Situation.NotYetOpen => ("Nid yw'r cwestiynau ar agor eto", time is { } opens ? $"Maent yn agor ar {Say(opens)}. Bydd eich dolen yn gweithio o hynny ymlaen." : "Mae eich dolen yn gywir. Rhowch gynnig arall arni pan glywch fod y rownd ar agor."),
        Situation.Over => ("Mae'r rownd wedi cau", "Diolch am ddod. Mae'r atebion wedi cyrraedd ac ni ellir derbyn rhagor. Mae drafftiau na chawsant eu hanfon wedi'u dileu."),
        Situation.Cancelled => ("Cafodd y rownd hon ei chanslo", "Mae pob ateb a roddwyd wedi'i ddinistrio. Nid oes angen i chi wneud dim."),
        Situation.Replaced => ("Mae dolen fwy newydd i chi", "Mae dolen arall mewn llythyr neu neges ddiweddarach, a honno sy'n gweithio. Mae'r hyn a gadwyd drwy'r ddolen hon wedi mynd."),
        Situation.Withdrawn => ("Cafodd y gwahoddiad hwn ei dynnu'n ôl", "Efallai eich bod wedi gadael y sefydliad, neu fod rhywun wedi gofyn i chi drwy gamgymeriad. Mae'r hyn a gadwyd wedi mynd."),
        Situation.Used => ("Mae'r ddolen hon wedi'i defnyddio", "Anfonwyd atebion drwyddi, ac nid yw'n derbyn rhagor. Os nad chi a'u hanfonodd, dywedwch wrth y person a enwir yma."),
        Situation.UsedDevice => ("Rydych wedi ateb o'r ddyfais hon", "Gall pob ffôn neu gyfrifiadur ateb unwaith. Diolch am gymryd rhan."),
        _ => ("Nid ydym yn adnabod y ddolen hon", "Efallai fod llythyren neu rif ar goll neu'n anghywir. Cymharwch hi â'ch llythyr neu neges, neu deipio'r cod eto."),
    };

    private static string Level(Level level) => level switch
    {
        Data.Partnerships.Level.Board => "Bwrdd",
        Data.Partnerships.Level.Senior => "Uwch reolwr",
        Data.Partnerships.Level.Middle => "Rheolwr",
        Data.Partnerships.Level.Frontline => "Rheng flaen",
        Data.Partnerships.Level.Volunteer => "Gwirfoddolwr",
        _ => "Dinesydd",
    };

    private static string Say(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London).ToString("d MMMM yyyy 'am' H:mm", Culture);

    private static string Years(int years) => years switch { 1 => "1 flwyddyn", 2 => "2 flynedd", _ => $"{N(years)} mlynedd" };

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
