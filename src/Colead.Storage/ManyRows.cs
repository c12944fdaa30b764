using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Colead.Storage;

/// <summary>One statement for many rows, where EF sends one statement a row.</summary>
public static class ManyRows
{
    /// <summary>SQLite looks each parameter up by walking through all of a statement.</summary>
    public const int AtOnce = 40;

    /// <summary>A command of the transaction that is open: <paramref name="before"/>, the rows as (…), (…), and
    /// <paramref name="after"/>.</summary>
    public static DbCommand Command(ColeadDb db, string before, IEnumerable<object?[]> rows, string after)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var text = new StringBuilder(before);
        foreach (var row in rows)
        {
            text.Append(command.Parameters.Count == 0 ? "(" : ", (");
            for (var i = 0; i < row.Length; i++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{command.Parameters.Count}");
                parameter.Value = row[i] ?? DBNull.Value;
                command.Parameters.Add(parameter);
                text.Append(i == 0 ? "" : ", ").Append(parameter.ParameterName);
            }
            text.Append(')');
        }
        command.CommandText = text.Append(after).ToString();
        return command;
    }
}
