using System.Globalization;
using System.Text;
using Colead.Analysis.Instruments;
using Colead.Parts.Instruments;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Inventory;

public class InstrumentsTests(House house)
{
    [Theory, ClassData(typeof(Engines))]
    public async Task Shipped_AreReadWhole_InEachLanguage_AndCannotBeChanged(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        foreach (var key in ShippedInstruments.Keys)
        {
            var shipped = ShippedInstruments.Find(key)!;
            foreach (var tag in shipped.Languages.Keys)
            {
                var page = await visitor.GetAsync(InstrumentsLinks.Instrument(partnership.Id, key) + "?language=" + tag);
                foreach (var item in shipped.Items) Assert.Contains(Plain(item.Texts[tag]), page.Text, StringComparison.Ordinal);
                foreach (var anchor in shipped.Anchors[tag]) Assert.Contains(Plain(anchor), page.Text, StringComparison.Ordinal);
                Assert.Contains("Welsh (awaiting review)", page.Text, StringComparison.Ordinal);
            }
            foreach (var handler in new[] { "move", "drop", "remove" })
                Assert.Equal(404, (await visitor.ForgeAsync("/account", InstrumentsLinks.Instrument(partnership.Id,
                    key) + "?handler=" + handler, new() { ["Dimension"] = shipped.Dimensions[0].Id, ["By"] = "1" })).Status);
            Assert.Equal(InstrumentFile.Write(shipped), await visitor.BytesAsync(InstrumentsLinks.InstrumentFile(partnership.Id,
                key)));
        }
        Assert.Equal(InstrumentFile.Schema,
            Encoding.UTF8.GetString(await visitor.BytesAsync(InstrumentsLinks.InstrumentSchema(partnership.Id))));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Own_FromACopy_IsEditedInTheBrowser_AndRoundsKeepWhatTheyTook(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        await partnership.PersonAsync("Someone", null, 0);
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var id = await CopyAsync(visitor, partnership);
        Assert.Equal(302, (await visitor.PostAsync(InstrumentsLinks.InstrumentAbout(partnership.Id, id),
            new() { ["Titles[en]"] = " Our  own  questions ", ["Titles[cy]"] = "Ein cwestiynau", ["Reviewed[cy]"] = "true" })).Status);
        var edited = await ReadAsync(app, id);
        Assert.Equal(("Our own questions", LanguageReview.Reviewed), (edited.Titles["en"], edited.Languages["cy"]));

        // A round takes it now; what is edited later does not reach the round.
        var draft = await app.DraftRoundAsync(partnership);
        Assert.Equal(302, (await visitor.PostAsync(RoundsLinks.Questionnaire(partnership.Id, draft.Id),
            new() { ["Instrument"] = id.ToString(CultureInfo.InvariantCulture) })).Status);
        var taken = InstrumentFile.ContentHash(edited);

        var path = InstrumentsLinks.InstrumentDimension(partnership.Id, id, "vision");
        var page = await visitor.GetAsync(path);
        var before = edited.Dimensions[0].Items.Count;
        var more = await visitor.SubmitAsync(page, [], "add");
        Assert.Equal(200, more.Status);
        Assert.Equal("", more.ValueOf($"Items_{before}_Texts_en"));
        var moved = await visitor.SubmitAsync(more, new() { [$"Items[{before}].Texts[en]"] = "Newcomers are welcome.",
            [$"Items[{before}].Texts[cy]"] = "Mae croeso i bawb." }, $"move&item={before}&by=-1");
        Assert.Equal("Newcomers are welcome.", moved.ValueOf($"Items_{before - 1}_Texts_en"));
        var fewer = await visitor.SubmitAsync(moved, [], "drop&item=0");
        Assert.Equal(before, (await ReadAsync(app, id)).Dimensions[0].Items.Count); // nothing is saved yet
        Assert.Equal(302, (await visitor.SubmitAsync(fewer, new() { ["Names[en]"] = "Where we are going" })).Status);
        var saved = (await ReadAsync(app, id)).Dimensions[0];
        Assert.Equal(("vision", "Where we are going", before), (saved.Id, saved.Names["en"], saved.Items.Count));
        Assert.Equal("Newcomers are welcome.", saved.Items[^2].Texts["en"]);
        Assert.Equal(edited.Dimensions[0].Items[1].Id, saved.Items[0].Id); // the others keep their ids, by which rounds are compared

        Assert.Equal(302, (await visitor.PostAsync(InstrumentsLinks.InstrumentScale(partnership.Id, id), new() { ["Lowest"] = "0",
            ["Anchors[en]"] = "No\nPartly\n\n Yes ", ["Anchors[cy]"] = "Na\r\nRhannol\r\nIe" })).Status);
        var scaled = await ReadAsync(app, id);
        Assert.Equal((0, 2, null), (scaled.Scale.Lowest, scaled.Scale.Highest, scaled.SkewedNulls));
        Assert.Equal(["No", "Partly", "Yes"], scaled.Anchors["en"]);

        Assert.Equal(302, (await visitor.PostAsync(InstrumentsLinks.InstrumentDimension(partnership.Id, id, "new"),
            new() { ["Names[en]"] = "Newcomers", ["Names[cy]"] = "Newydd", ["Descriptions[en]"] = "About joining.",
                ["Descriptions[cy]"] = "Ymuno.", ["Items[0].Texts[en]"] = "Joining is easy.",
                    ["Items[0].Texts[cy]"] = "Mae'n hawdd." })).Status);
        Assert.Equal("newcomers", (await ReadAsync(app, id)).Dimensions[^1].Id);
        var home = InstrumentsLinks.Instrument(partnership.Id, id.ToString(CultureInfo.InvariantCulture));
        var shown = await visitor.GetAsync(home);
        Assert.Equal(302, (await visitor.ForgeAsync(home, home + "?handler=move",
            new() { ["Version"] = shown.Document.QuerySelector("[name=Version]")!.GetAttribute("value")!, ["Dimension"] = "newcomers",
            ["By"] = "-1" })).Status);
        Assert.Equal("newcomers", (await ReadAsync(app, id)).Dimensions[^2].Id);
        Assert.Equal(302, (await visitor.PostAsync(InstrumentsLinks.InstrumentAbout(partnership.Id, id), new() { ["Added"] = "pl" },
            "add")).Status);
        Assert.Equal((LanguageReview.AwaitingReview, "Joining is easy."), (await ReadAsync(app, id)) is var polish
            ? (polish.Languages["pl"], polish.Dimensions[^2].Items[0].Texts["pl"]) : default);
        Assert.Equal(302, (await visitor.PostAsync(InstrumentsLinks.InstrumentAbout(partnership.Id, id), new() { ["Dropped"] = "cy" },
            "drop")).Status);
        Assert.Equal(["en", "pl"], (await ReadAsync(app, id)).Languages.Keys);

        var round = await app.DbAsync(db => db.Set<Round>().SingleAsync(r => r.Id == draft.Id));
        Assert.Equal(taken, round.InstrumentHash);
        var steps = await visitor.GetAsync(RoundsLinks.Questionnaire(partnership.Id, draft.Id));
        Assert.Equal("taken", steps.Document.QuerySelector("[name=Instrument][checked]")!.GetAttribute("value"));
        Assert.Equal(302, (await visitor.SubmitAsync(shown, [], "remove")).Status);
        Assert.Equal(404, (await visitor.GetAsync(home)).Status);
        Assert.Equal(302, (await visitor.SubmitAsync(steps, [])).Status); // the round has its own
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Edits_ThatWouldMakeItUnusable_AreRefusedBesideTheField(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var id = await CopyAsync(visitor, partnership);
        var before = InstrumentFile.ContentHash(await ReadAsync(app, id));
        async Task RefusedAsync(string path, string field, Dictionary<string, string> fields, string? handler = null)
        {
            var answer = await visitor.PostAsync(path, fields, handler);
            Assert.Equal(400, answer.Status);
            Assert.True(answer.ErrorOf(field) is not null
                || (field.Length == 0 && answer.Document.QuerySelector(".govuk-error-summary") is not null), field + ": " + answer.Text);
        }
        var about = InstrumentsLinks.InstrumentAbout(partnership.Id, id);
        await RefusedAsync(about, "Titles_cy", new() { ["Titles[cy]"] = " " });
        await RefusedAsync(about, "Titles_en", new() { ["Titles[en]"] = new string('x', 81) });
        await RefusedAsync(about, "Stems_cy", new() { ["Stems[cy]"] = "" });
        await RefusedAsync(about, "Added", new() { ["Added"] = "cy" }, "add");
        await RefusedAsync(about, "Added", new() { ["Added"] = "<script>" }, "add");
        await RefusedAsync(about, "Dropped", new() { ["Dropped"] = "pl" }, "drop");
        var scale = InstrumentsLinks.InstrumentScale(partnership.Id, id);
        await RefusedAsync(scale, "Anchors_en", new() { ["Anchors[en]"] = "Only one" });
        await RefusedAsync(scale, "Anchors_en", new() { ["Anchors[en]"] = string.Join('\n', Enumerable.Range(1, 13)) });
        await RefusedAsync(scale, "Anchors_cy", new() { ["Anchors[en]"] = "No\nYes", ["Anchors[cy]"] = "Na\nRhannol\nIe" });
        await RefusedAsync(scale, "Lowest", new() { ["Lowest"] = "one" });
        var dimension = InstrumentsLinks.InstrumentDimension(partnership.Id, id, "vision");
        await RefusedAsync(dimension, "Names_en", new() { ["Names[en]"] = "" });
        await RefusedAsync(dimension, "Items_1_Texts_cy", new() { ["Items[1].Texts[cy]"] = "" });
        await RefusedAsync(dimension, "Items_0_Texts_en", new() { ["Items[0].Texts[en]"] = new string('x', 401) });
        await RefusedAsync(dimension, "Items_0_Helps_cy", new() { ["Items[0].Helps[en]"] = "Think of last year.",
            ["Items[0].Helps[cy]"] = "" });
        await RefusedAsync(dimension, "", new() { ["Items[0].Id"] = "forged" });
        var other = (await ReadAsync(app, id)).Dimensions[1].Items[0].Id;
        await RefusedAsync(dimension, "", new() { ["Items[0].Id"] = other });
        Assert.Equal(404, (await visitor.GetAsync(InstrumentsLinks.InstrumentDimension(partnership.Id, id, "nowhere"))).Status);
        Assert.Equal(before, InstrumentFile.ContentHash(await ReadAsync(app, id)));
        var home = InstrumentsLinks.Instrument(partnership.Id, id.ToString(CultureInfo.InvariantCulture));
        for (var left = 7; left > 1; left--) Assert.Equal(302, (await visitor.PostAsync(home, [], "drop")).Status);
        Assert.Equal(400, (await visitor.PostAsync(home, [], "drop")).Status);
        Assert.Single((await ReadAsync(app, id)).Dimensions);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Edit_ByTwoAtOnce_TellsTheSecond409(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var one = await partnership.AsAsync(Role.Coordinator);
        using var two = await partnership.AsAsync(Role.Coordinator);
        var id = await CopyAsync(one, partnership);
        var (first, second) = (await one.GetAsync(InstrumentsLinks.InstrumentAbout(partnership.Id, id)),
            await two.GetAsync(InstrumentsLinks.InstrumentDimension(partnership.Id, id, "vision")));
        var third = await two.GetAsync(InstrumentsLinks.Instrument(partnership.Id, id.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal(302, (await one.SubmitAsync(first, new() { ["Titles[en]"] = "First" })).Status);
        var answer = await two.SubmitAsync(second, new() { ["Names[en]"] = "Second" });
        Assert.Equal((409, "Second"), (answer.Status, answer.ValueOf("Names_en")));
        Assert.Equal(409, (await two.SubmitAsync(third, [], "drop")).Status);
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Upload_OfABadFile_IsRefusedWithLineAndReason(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        using var visitor = await partnership.AsAsync(Role.Coordinator);
        var page = await visitor.GetAsync(InstrumentsLinks.Instruments(partnership.Id));
        async Task<Colead.Tests.Support.Answer> UploadAsync(byte[] content) => await visitor.SubmitAsync(page, [], "upload", ("Upload",
            "mine.json", content));
        var good = Encoding.UTF8.GetString(ShippedInstruments.FileOf("agreement-5"));
        foreach (var (bad, line) in new[]
        {
            (good.Replace("\"highest\": 5", "\"highest\": 50", StringComparison.Ordinal),
                good[..good.IndexOf("\"highest\"", StringComparison.Ordinal)].Count(c => c == '\n') + 1),
            (good[..^20], good[..^20].Count(c => c == '\n') + 1),
            ("", 1),
            ("[1, 2]", 1),
        })
        {
            var answer = await UploadAsync(Encoding.UTF8.GetBytes(bad));
            Assert.Equal(400, answer.Status);
            Assert.NotNull(answer.ErrorOf("Upload"));
            Assert.Contains($"Line {line}, column", answer.Text, StringComparison.Ordinal);
        }
        Assert.Equal(400, (await UploadAsync([0xff, 0xfe, 0x00])).Status);
        Assert.Equal(400, (await UploadAsync(new byte[InstrumentFile.LongestFile + 1])).Status);
        Assert.Equal(413, (await UploadAsync(new byte[3 * InstrumentFile.LongestFile])).Status);
        Assert.Equal(400, (await visitor.SubmitAsync(page, [], "upload")).Status);
        Assert.Equal(400, (await visitor.SubmitAsync(page, new() { ["From"] = "nothing" }, "copy")).Status);
        Assert.False(await app.DbAsync(db => db.Set<OwnInstrument>().AnyAsync(i => i.PartnershipId == partnership.Id)));

        var taken = await UploadAsync(Encoding.UTF8.GetBytes(good));
        Assert.Equal(302, taken.Status);
        Assert.Equal(InstrumentFile.Write(ShippedInstruments.Agreement5), await visitor.BytesAsync(taken.Location + "/file"));
    }

    [Theory, ClassData(typeof(Engines))]
    public async Task Instruments_AreTheCoordinatorsOfTheirPartnership(Engine engine)
    {
        var app = await house.OnAsync(engine);
        var partnership = await app.PartnershipAsync();
        var other = await app.PartnershipAsync();
        using var coordinator = await partnership.AsAsync(Role.Coordinator);
        var id = await CopyAsync(coordinator, partnership);
        using var stranger = await other.AsAsync(Role.Coordinator);
        using var lead = await partnership.AsAsync(Role.Lead);
        using var viewer = await partnership.AsAsync(Role.Viewer);
        var key = id.ToString(CultureInfo.InvariantCulture);
        foreach (var (visitor, place) in new[] { (stranger, partnership.Id), (stranger, other.Id), (lead, partnership.Id),
            (viewer, partnership.Id) })
        {
            foreach (var path in new[] { InstrumentsLinks.Instrument(place, key), InstrumentsLinks.InstrumentFile(place, key),
                InstrumentsLinks.InstrumentAbout(place, id), InstrumentsLinks.InstrumentScale(place, id),
                    InstrumentsLinks.InstrumentDimension(place, id, "vision") })
            {
                Assert.Equal(404, (await visitor.GetAsync(path)).Status);
                Assert.True((await visitor.ForgeAsync("/account", path, new() { ["Titles[en]"] = "Stolen", ["Version"] = "0" }))
                    .Status is 404 or 405, path);
            }
        }
        var draft = await app.DraftRoundAsync(other);
        var forged = await stranger.PostAsync(RoundsLinks.Questionnaire(other.Id, draft.Id), new() { ["Instrument"] = key });
        Assert.Equal(400, forged.Status);
    }

    private static async Task<long> CopyAsync(Visitor visitor, TestPartnership partnership)
    {
        var copied = await visitor.PostAsync(InstrumentsLinks.Instruments(partnership.Id), new() { ["From"] = "inventory-12" }, "copy");
        Assert.Equal(302, copied.Status);
        return long.Parse(copied.Location!.Split('/')[^1], CultureInfo.InvariantCulture);
    }

    private static Task<Instrument> ReadAsync(TestApp app, long id) =>
        app.DbAsync(async db => InstrumentFile.Read(await db.Set<OwnInstrument>().Where(i => i.Id == id).Select(i => i.Content)
            .SingleAsync()).Instrument!);

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
