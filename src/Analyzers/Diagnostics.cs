using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Jobs.Analyzers;

/// <summary>What is reported. The sentences are synthesis's own.</summary>
internal static class Diagnostics
{
    private const string Page = "docs/reference/attributes.md";

    /// <summary>A class is marked as a job and cannot be one, or does not take what its triggers give.</summary>
    public static readonly DiagnosticDescriptor Declaration = Error("JOBS001", "The class cannot be this job");

    /// <summary>What is declared breaks a rule of Fargate, of a trigger or of the runner.</summary>
    public static readonly DiagnosticDescriptor Rule = Error("JOBS002", "The job breaks a rule");

    /// <summary>Jobs of one assembly do not go together.</summary>
    public static readonly DiagnosticDescriptor Together =
        Error("JOBS003", "Jobs do not go together", WellKnownDiagnosticTags.CompilationEnd);

    private static DiagnosticDescriptor Error(string id, string title, params string[] tags) =>
        new(id, title, "{0}", "Jobs", DiagnosticSeverity.Error, true, null, Help, tags);

    /// <summary>The page, where the source is published that this was built of.</summary>
    private static string Help => typeof(Diagnostics).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(one => one.Key == "RepositoryUrl") is { Value: { Length: > 0 } address }
        ? $"{address.Replace(".git", "")}/blob/main/{Page}"
        : Page;
}
