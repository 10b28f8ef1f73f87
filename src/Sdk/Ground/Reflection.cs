using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Jobs.Sdk.Ground;

/// <summary>Whether types may be looked for, and their members read, while the program runs.</summary>
internal static class Reflection
{
    /// <summary>
    /// False when a program is trimmed or compiled ahead of time, where the compiler takes away what this guards; and
    /// when such a program is built and run as it is, by .NET's own switch for JSON, which its build sets.
    /// </summary>
    [FeatureSwitchDefinition("System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
#pragma warning disable IL4000 // The guards make it false for the trimmer and the compiler, whatever the switch says.
    public static bool IsAvailable => JsonSerializer.IsReflectionEnabledByDefault;
#pragma warning restore IL4000
}
