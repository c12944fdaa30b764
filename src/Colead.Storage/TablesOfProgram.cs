using System.Globalization;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Colead.Storage;

/// <summary>Tells a context where the tables of the program's parts are described, for storage does not know the program.</summary>
internal sealed class TablesOfProgram(Assembly assembly) : IDbContextOptionsExtension
{
    public Assembly Assembly => assembly;

    public DbContextOptionsExtensionInfo Info => new Told(this);

    public void ApplyServices(IServiceCollection services)
    {
    }

    public void Validate(IDbContextOptions options)
    {
    }

    private sealed class Told(TablesOfProgram told) : DbContextOptionsExtensionInfo(told)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => told.Assembly.GetHashCode();

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is Told also
            && also.Assembly == told.Assembly;

        private Assembly Assembly => told.Assembly;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["Colead:Tables"] = told.Assembly.GetHashCode().ToString(CultureInfo.InvariantCulture);
    }
}
