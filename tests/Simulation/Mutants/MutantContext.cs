using System.Reflection;
using System.Runtime.Loader;
using Jobs.Tests.Simulation.Search;

namespace Jobs.Tests.Simulation.Mutants;

/// <summary>The simulation and the functions once more, on another Core.</summary>
internal sealed class MutantContext(string name, byte[] core) : AssemblyLoadContext(name)
{
    /// <summary>Wakes the mutant of this number, and no other, in a Core that has many.</summary>
    public void Wake(int number) => LoadFromAssemblyName(new("Jobs.Core")).GetType(MutantWeaver.Switch)!
        .GetField("Active")!.SetValue(null, number);

    /// <summary>
    /// Runs the schedules of the seeds one after the other on this Core. The first failure; null when there is none.
    /// </summary>
    public (ulong Seed, string Invariant, string Sentence)? Probe(ulong first, ulong count)
    {
        var failure = Call(nameof(Search.Probe.Run), first, count);
        return failure is [var seed, var invariant, var sentence]
            ? (ulong.Parse(seed, System.Globalization.CultureInfo.InvariantCulture), invariant, sentence)
            : null;
    }

    /// <summary>What <see cref="Search.Probe.Shrink"/> answers on this Core.</summary>
    public string[]? Shrink(ulong seed) => Call(nameof(Search.Probe.Shrink), seed);

    private string[]? Call(string method, params object[] arguments)
    {
        var here = LoadFromAssemblyPath(typeof(MutantContext).Assembly.Location);
        return (string[]?)here.GetType(typeof(Probe).FullName!)!.GetMethod(method)!.Invoke(null, arguments);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "Jobs.Core") return LoadFromStream(new MemoryStream(core));
        // All that is ours refers to Core, so it must be here as well. The rest is shared.
        var file = Path.Combine(AppContext.BaseDirectory, $"{assemblyName.Name}.dll");
        return assemblyName.Name!.StartsWith("Jobs.", StringComparison.Ordinal) && File.Exists(file)
            ? LoadFromAssemblyPath(file)
            : null;
    }
}
