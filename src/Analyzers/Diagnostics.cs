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

    /// <summary>A type of a trimmed program's job is in no JSON context.</summary>
    public static readonly DiagnosticDescriptor NoContext = new(
        "JOBS004",
        "The type is in no JSON context",
        "{0} is in no JSON context, and a trimmed program reads no type by reflection (declared: PublishAot or " +
        "PublishTrimmed). Add [JsonSerializable(typeof({0}))] to a JsonSerializerContext of this project.",
        "Jobs",
        DiagnosticSeverity.Warning,
        true,
        null,
        Help,
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>A job of a trimmed program that no other code can name.</summary>
    public static readonly DiagnosticDescriptor NotRegistered = new(
        "JOBS005",
        "The job is not found in a trimmed program",
        "A trimmed program has the jobs that the rest of its assembly can name (declared: {0}, which it cannot). " +
        "Make the class, and the types that it takes and gives, internal or public, and neither file-local nor generic.",
        "Jobs",
        DiagnosticSeverity.Warning,
        true,
        null,
        Help);

    private static DiagnosticDescriptor Error(string id, string title, params string[] tags) =>
        new(id, title, "{0}", "Jobs", DiagnosticSeverity.Error, true, null, Help, tags);

    /// <summary>The page, where the source is published that this was built of.</summary>
    private static string Help => typeof(Diagnostics).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(one => one.Key == "RepositoryUrl") is { Value: { Length: > 0 } address }
        ? $"{address.Replace(".git", "")}/blob/main/{Page}"
        : Page;
}
