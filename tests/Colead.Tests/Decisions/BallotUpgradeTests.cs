using System.Security.Cryptography;
using Colead.Parts.Decisions;
using Colead.Storage;
using Colead.Storage.Upgrades;
using Colead.Tests.Inventory;
using Colead.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Colead.Tests.Decisions;

/// <summary>Secret votes of before ballots were encrypted, open and decided.</summary>
public class BallotUpgradeTests
{
    [Theory, ClassData(typeof(Engines))]
    public async Task OpenVotes_AreEncrypted_GoOn_AndKeepWhatWasPromised(Engine engine)
    {
        var before = await TestApp.StartAsync(engine);
        var partnership = await before.PartnershipAsync();
        var organisations = await before.MoreOrganisationsAsync(partnership, 5);
        var open = await before.ProposalAsync(partnership, DecisionMethod.Score, secret: true, options: ["A", "B", "C", "D", "E"]);
        var (empty, decided) = (await before.ProposalAsync(partnership, secret: true),
            await before.ProposalAsync(partnership, secret: true));
        for (var i = 0; i < 5; i++) await before.VoteAsync(partnership, decided, organisations[i].Id, 1);
        Assert.True(await before.CloseAsync(partnership, decided));
        var voted = await before.DbAsync(db => db.Set<SecretVoter>().Where(v => v.ProposalId == decided.Id).OrderBy(v => v.OrganisationId)
            .Select(v => v.OrganisationId).ToListAsync());
        var database = await before.StopAsync();
        await using (var db = database.Engine.Open())
        {
            await AsBeforeAsync(db, engine);
            for (var i = 0; i < 4; i++)
            {
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "BallotMarks" ("ProposalId", "OrganisationId", "OnPaper") VALUES ({open.Id}, {organisations[i].Id}, {i > 1})""");
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "SecretBallots" ("Key", "ProposalId", "Marks") VALUES ({RandomNumberGenerator.GetBytes(16)}, {open.Id}, {"5,4,3,2,1"})""");
            }
            foreach (var id in voted) await db.Database.ExecuteSqlAsync($"""INSERT INTO "BallotMarks" ("ProposalId", "OrganisationId", "OnPaper") VALUES ({decided.Id}, {id}, {id == voted[0]})""");
            Assert.True((await RawFiles.ReadAsync(db, engine, database.Folder)).CountOf("5,4,3,2,1") > 0);

            await database.Engine.MigrateAsync(db);
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"BallotMarks\" RENAME TO \"Away\""); // it fails half-way
            Assert.NotNull(await Record.ExceptionAsync(() => BallotUpgrade.RunAsync(database.Engine, default)));
            Assert.Equal(0, await db.SecretVotes.CountAsync());
            await db.Database.ExecuteSqlRawAsync("ALTER TABLE \"Away\" RENAME TO \"BallotMarks\"");
            await BallotUpgrade.RunAsync(database.Engine, default);
            await BallotUpgrade.RunAsync(database.Engine, default); // and once more changes nothing
            Assert.Equal(0, (await RawFiles.ReadAsync(db, engine, database.Folder)).CountOf("5,4,3,2,1"));
            Assert.Equal([open.Id, empty.Id], await db.SecretVotes.OrderBy(v => v.ProposalId).Select(v => v.ProposalId).ToListAsync());
            Assert.Equal(voted, await db.Set<SecretVoter>().OrderBy(v => v.OrganisationId).Select(v => v.OrganisationId).ToListAsync());
            Assert.Equal(1, await db.Set<SecretVoter>().CountAsync(v => v.OnPaper));
        }
        await using var app = await TestApp.OverAsync(database);
        using var lead = await app.LeadOfAsync(partnership, organisations[4].Id);
        using var early = await app.LeadOfAsync(partnership, organisations[0].Id);
        var path = DecisionsLinks.Vote(partnership.Id, open.Id);
        var form = await lead.GetAsync(path);
        Assert.Contains("2 paper votes were entered before", form.Text, StringComparison.Ordinal);
        Assert.Contains("lay unencrypted until then", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("lay unencrypted", (await lead.GetAsync(DecisionsLinks.Vote(partnership.Id, empty.Id))).Text,
            StringComparison.Ordinal);
        Assert.Equal(302, (await lead.SubmitAsync(form, new() { ["Boxes[0]"] = "5" })).Status);
        var again = await early.SubmitAsync(await early.GetAsync(path), new() { ["Boxes[0]"] = "5" });
        Assert.Contains("voted already, that first vote counts", (await early.GetAsync(again.Location!)).Text, StringComparison.Ordinal);
        Assert.True(await app.CloseAsync(partnership, open));
        Assert.Equal([25, 16, 12, 8, 4], Counted.Read((await app.FindAsync(open.Id)).Result!).Totals);
        Assert.Equal(5, await app.DbAsync(db => db.Set<SecretVoter>().CountAsync(v => v.ProposalId == open.Id)));
        var old = await lead.GetAsync(DecisionsLinks.Proposal(partnership.Id, decided.Id));
        Assert.Contains("(on paper)", old.Text, StringComparison.Ordinal);
        Assert.Contains("the ballots were destroyed when they had been counted", old.Text, StringComparison.Ordinal);
    }

    /// <summary>The two tables as they were, and everything that came after them gone.</summary>
    private static async Task AsBeforeAsync(ColeadDb db, Engine engine)
    {
        var (number, bytes, words, flag) = engine == Engine.Sqlite ? ("INTEGER", "BLOB", "TEXT", "INTEGER")
            : ("bigint", "bytea", "character varying(100)", "boolean");
        var sql = $"""
            DROP TABLE "SealedBallots"; DROP TABLE "SecretVotes"; DROP TABLE "SecretVoters";
            ALTER TABLE "Proposals" DROP COLUMN "OnPaper"; ALTER TABLE "ProposalVoices" DROP COLUMN "BySlip";
            DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = '202611290030_SealedBallots';
            CREATE TABLE "BallotMarks" ("ProposalId" {number} NOT NULL, "OrganisationId" {number} NOT NULL, "OnPaper" {flag} NOT NULL, CONSTRAINT "PK_BallotMarks" PRIMARY KEY ("ProposalId", "OrganisationId"));
            CREATE TABLE "SecretBallots" ("Key" {bytes} NOT NULL CONSTRAINT "PK_SecretBallots" PRIMARY KEY, "ProposalId" {number} NOT NULL, "Marks" {words} NOT NULL);
            """;
        await db.Database.ExecuteSqlRawAsync(sql);
    }
}
