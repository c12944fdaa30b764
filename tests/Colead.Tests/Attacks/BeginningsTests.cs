using Colead.Parts.Invitations;
using Colead.Parts.Rounds;
using Colead.Tests.Support;

namespace Colead.Tests.Attacks;

/// <summary>How many questionnaires one address begins.</summary>
public class BeginningsTests
{
    [Theory]
    [InlineData("?handler=", 2)]
    [InlineData("?handler=other", 2)]
    [InlineData("?handler=&handler=code", 2)]
    [Attack("A stranger", "an open link with another name of a handler behind it",
        "to begin more questionnaires than are let in", "they count as beginnings")]
    public async Task OpenLink_WithAHandlerNamed_IsNotCountedAsACode(string query, int letIn)
    {
        await using var app = await TestApp.StartAsync(Engine.Sqlite, settings => settings.OpenAnswersPerHour = letIn);
        var round = await TestRound.MakeAsync(app, r => r.OpenLink = RoundOperations.NewOpenLink());
        var begun = 0;
        for (var i = 0; i < 8; i++)
        {
            var visitor = app.Visitor();
            var page = await visitor.SendAsync(AnswerLinks.AnswerOpen(round.Round.OpenLink!) + query,
                new() { ["Level"] = "Citizen", ["Organisation"] = "none" });
            if (page.Status == 302) begun++;
        }
        Assert.True(begun <= letIn, $"{begun} begun from one address, where {letIn} an hour are let in");
    }
}
