using System.Diagnostics.CodeAnalysis;

#pragma warning disable IDE0130 // .NET's namespace: the sources of Core name it.
namespace System.Text.RegularExpressions;
#pragma warning restore IDE0130

/// <summary>.NET Standard has none. What it asks for is written by Jobs.Analyzers.SourceGenerator.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GeneratedRegexAttribute(
    [StringSyntax(StringSyntaxAttribute.Regex)] string pattern, RegexOptions options = RegexOptions.None) : Attribute
{
    public string Pattern { get; } = pattern;

    public RegexOptions Options { get; } = options;
}
