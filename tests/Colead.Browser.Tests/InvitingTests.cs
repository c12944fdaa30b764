using Colead.Parts.Invitations;
using Colead.Parts.Partnerships;
using Colead.Parts.Rounds;
using Colead.Storage;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Colead.Browser.Tests;

/// <summary>Invitations, progress and paper, on a phone, on a desk and in print.</summary>
public class InvitingTests(Chromium chromium)
{
    [Fact]
    public async Task Screens_OfAnOpenRound_AreSound()
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite);
        var partnership = await app.PartnershipAsync();
        for (var i = 0; i < 24; i++) await partnership.PersonAsync($"Person {(char)('A' + i)} Rivers", i % 5 == 0 ? null
            : $"person{i}@example.org", i % 2, (Level)(i % 5));
        var round = await app.OpenRoundAsync(partnership, r => (r.Languages, r.OpenLink) = (["en", "cy"], "estuary"));
        await partnership.PersonAsync("Jo Newcomer", null, 0);
        await using var window = await chromium.OnPhoneAndDeskAsync(app);
        await window.EnterAsync(app, partnership.Account(Role.Coordinator));
        var page = window.Page;
        await window.VisitAsync("round-open", RoundsLinks.Round(partnership.Id, round.Id));
        await window.VisitAsync("invitations", InvitationsLinks.Invitations(partnership.Id, round.Id));
        await window.VisitAsync("invitations-none", InvitationsLinks.Invitations(partnership.Id, round.Id) + "?Find=zzzz");
        await window.VisitAsync("progress", InvitationsLinks.Progress(partnership.Id, round.Id));
        var one = await app.DbAsync(db => db.Set<Invitation>().Where(i => i.RoundId == round.Id && i.PersonId != null).Select(i => i.Id)
            .FirstAsync());
        await window.VisitAsync("invitation", InvitationsLinks.Invitation(partnership.Id, round.Id, one));
        foreach (var (name, path, pages) in new[] { ("poster", InvitationsLinks.Poster(partnership.Id, round.Id), 1) })
        {
            await window.VisitAsync(name, path);
            var pdf = await page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true });
            Assert.Equal(pages, System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), "/Type\\s*/Page\\b",
                System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10)));
            if (Environment.GetEnvironmentVariable("COLEAD_SCREENSHOTS") is { Length: > 0 } folder) await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), pdf);
        }
        app.Settings.Mail.Host = "127.0.0.1";
        app.Settings.Mail.Port = 9;
        await app.DbAsync(async db =>
        {
            (await db.Set<Round>().SingleAsync(r => r.Id == round.Id)).Ways = [RoundWay.Mail, RoundWay.Paper];
            return await db.SaveChangesAsync();
        });
        await window.VisitAsync("invitations-mail", InvitationsLinks.Invitations(partnership.Id, round.Id));
        await page.GetByRole(AriaRole.Button, new() { Name = "not written to yet" }).ClickAsync();
        await page.WaitForSelectorAsync(".notice[role=status]");
        await window.IsSoundAsync("invitations-sent");
    }
}
