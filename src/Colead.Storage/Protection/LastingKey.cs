using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Colead.Storage.Keys;

namespace Colead.Storage.Protection;

/// <summary>
/// The key, outside the database, under which lie the keys of cookies and the secrets of authenticator apps. The database says which it is,
/// so that a second server, or the same one with another folder, cannot quietly begin with another. Asked without EF, because the first
/// page needs it.
/// </summary>
public sealed class LastingKey(DatabaseEngine engine)
{
    private const string Sealed = "sealed:";
    private readonly Lock gate = new();
    private string? name;

    /// <summary>The key; made at the very first start. Null when this database is sealed under one that is not in the folder of keys: then
    /// nothing is made.</summary>
    public SealingKey? Key
    {
        get
        {
            lock (gate)
            {
                engine.Keys.Lasting = name ??= ReadName() ?? Agree();
                if (engine.Keys.Find(KeyUse.Lasting, name) is { } key) return key;
                engine.Keys.Lasting = name = ReadName() ?? Agree(); // renewed meanwhile, by the operator
                return engine.Keys.Find(KeyUse.Lasting, name);
            }
        }
    }

    /// <summary>The file that is missing when <see cref="Key"/> is null.</summary>
    public string File => Path.Combine(engine.Keys.Path, $"lasting-{name}.key");

    /// <exception cref="KeyGoneException">The lasting key is not there.</exception>
    public string Seal(string table, long owner, string row, string text) =>
        Seal(Key ?? throw new KeyGoneException(name!), table, owner, row, text);

    /// <summary>What was sealed there; null where it was sealed under a key that is not there, or belongs elsewhere.</summary>
    public string? Open(string table, long owner, string row, string? text)
    {
        if (text is null || !text.StartsWith(Sealed, StringComparison.Ordinal)) return null;
        var bytes = Key?.Open(table, owner, Encoding.UTF8.GetBytes(row), Convert.FromBase64String(text[Sealed.Length..]));
        return bytes is null ? null : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The keys of cookies that can be read.</summary>
    public IReadOnlyList<string> ProtectionKeys()
    {
        using var connection = Connect();
        return [.. Rows(connection, null, "SELECT \"Name\", \"Xml\" FROM \"ProtectionKeys\" ORDER BY \"Id\"")
            .Select(row => Open("ProtectionKeys", 0, (string)row[0], (string)row[1])).OfType<string>()];
    }

    public void AddProtectionKey(string keyName, string xml)
    {
        using var connection = Connect();
        Run(connection, null, "INSERT INTO \"ProtectionKeys\" (\"Name\", \"Xml\") VALUES (@name, @xml)", ("@name", keyName),
            ("@xml", Seal("ProtectionKeys", 0, keyName, xml)));
    }

    /// <summary>
    /// Seals in place what an older version left open, and clears it from the engine's files. Whoever has an older copy of the database has
    /// these keys open, so everybody signs in again: with new security stamps nothing that was made from that copy opens an account.
    /// </summary>
    public void SealOlder()
    {
        if (Key is not { } key) return;
        using var connection = Connect();
        var open = $"NOT LIKE '{Sealed}%'";
        var tokens = Rows(connection, null,
            $"SELECT \"UserId\", \"LoginProvider\", \"Name\", \"Value\" FROM \"AccountTokens\" WHERE \"Value\" {open}");
        var keys = Rows(connection, null, $"SELECT \"Id\", \"Name\", \"Xml\" FROM \"ProtectionKeys\" WHERE \"Xml\" {open}");
        if (tokens.Count + keys.Count > 0)
        {
            if (engine is Engines.Sqlite.SqliteEngine) Run(connection, null, "PRAGMA secure_delete = ON");
            using var transaction = connection.BeginTransaction();
            Run(connection, transaction, "UPDATE \"LastingKey\" SET \"Unscrubbed\" = TRUE"); // a second server waits here
            foreach (var row in tokens)
                Run(connection, transaction,
                    "UPDATE \"AccountTokens\" SET \"Value\" = @sealed WHERE \"UserId\" = @id AND \"LoginProvider\" = @provider AND \"Name\" = @name AND \"Value\" = @open",
                    ("@sealed", Seal(key, "AccountTokens", (long)row[0], RowOf((string)row[1], (string)row[2]), (string)row[3])),
                        ("@id", row[0]), ("@provider", row[1]), ("@name", row[2]), ("@open", row[3]));
            foreach (var row in keys)
                Run(connection, transaction, "UPDATE \"ProtectionKeys\" SET \"Xml\" = @sealed WHERE \"Id\" = @id AND \"Xml\" = @open",
                    ("@sealed", Seal(key, "ProtectionKeys", 0, (string)row[1], (string)row[2])), ("@id", row[0]), ("@open", row[2]));
            foreach (var row in Rows(connection, transaction, "SELECT \"Id\" FROM \"Accounts\""))
                Run(connection, transaction, "UPDATE \"Accounts\" SET \"SecurityStamp\" = @stamp WHERE \"Id\" = @id",
                    ("@stamp", Convert.ToHexString(RandomNumberGenerator.GetBytes(20))), ("@id", row[0]));
            transaction.Commit();
        }
        if (Rows(connection, null, "SELECT \"Id\" FROM \"LastingKey\" WHERE \"Unscrubbed\"").Count == 0) return;
        engine.Scrub(connection, "AccountTokens", "ProtectionKeys");
        Run(connection, null, "UPDATE \"LastingKey\" SET \"Unscrubbed\" = FALSE");
    }

    /// <summary>The lasting key is lost for good: makes another, and lets go of what nobody can read any more. Returns who has to set up an
    /// authenticator app again.</summary>
    /// <exception cref="InvalidOperationException">It is there.</exception>
    public IReadOnlyList<string> Renew()
    {
        lock (gate)
        {
            if (Key is not null) throw new InvalidOperationException("The lasting key is there.");
            var made = engine.Keys.Make(KeyUse.Lasting).Fingerprint;
            using var connection = Connect();
            using var transaction = connection.BeginTransaction();
            var again = Rows(connection, transaction, "SELECT \"Email\" FROM \"Accounts\" WHERE \"TwoFactorEnabled\" ORDER BY \"Email\"");
            Run(connection, transaction, "DELETE FROM \"ProtectionKeys\"");
            Run(connection, transaction, "DELETE FROM \"AccountTokens\"");
            Run(connection, transaction, "DELETE FROM \"AccountSessions\"");
            Run(connection, transaction, "UPDATE \"LastingKey\" SET \"Fingerprint\" = @made", ("@made", made));
            transaction.Commit();
            engine.Keys.Lasting = name = made;
            return [.. again.Select(row => (string)row[0])];
        }
    }

    /// <summary>An account's secret is bound to its place.</summary>
    public static string RowOf(string provider, string tokenName) => provider + "\n" + tokenName;

    private static string Seal(SealingKey key, string table, long owner, string row, string text) =>
        Sealed + Convert.ToBase64String(key.Seal(table, owner, Encoding.UTF8.GetBytes(row), Encoding.UTF8.GetBytes(text)));

    /// <summary>Of servers that start at once on an empty folder each may make a file; the database takes one name, and who made another
    /// takes its file away again.</summary>
    private string Agree()
    {
        var there = engine.Keys.All(KeyUse.Lasting) is [var only] && engine.Keys.Find(KeyUse.Lasting, only) is not null ? only : null;
        var mine = there ?? engine.Keys.Make(KeyUse.Lasting).Fingerprint;
        using (var connection = Connect())
            Run(connection, null,
                "INSERT INTO \"LastingKey\" (\"Id\", \"Fingerprint\", \"Unscrubbed\") VALUES (1, @mine, FALSE) ON CONFLICT DO NOTHING",
                ("@mine", mine));
        var agreed = ReadName()!;
        if (there is null && agreed != mine) engine.Keys.Destroy(KeyUse.Lasting, mine);
        return agreed;
    }

    private string? ReadName()
    {
        using var connection = Connect();
        return Rows(connection, null, "SELECT \"Fingerprint\" FROM \"LastingKey\"") is [[string found]] ? found : null;
    }

    private DbConnection Connect()
    {
        var connection = engine.Connect();
        connection.Open();
        return connection;
    }

    private static List<object[]> Rows(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = Make(connection, transaction, sql);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }

    private static void Run(DbConnection connection, DbTransaction? transaction, string sql,
        params IReadOnlyList<(string Name, object Value)> values)
    {
        using var command = Make(connection, transaction, sql, values);
        command.ExecuteNonQuery();
    }

    private static DbCommand Make(DbConnection connection, DbTransaction? transaction, string sql,
        params IReadOnlyList<(string Name, object Value)> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // sentences of this class; what comes from outside is a parameter
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (label, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (label, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
