using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Analyzers.SourceGenerator;

/// <summary>
/// Writes the bodies of methods with <c>[GeneratedRegex]</c> for .NET Standard, which .NET's own generator does not
/// know: the pattern stays where it is used, and is interpreted.
/// </summary>
[Generator]
public sealed class RegexGenerator : IIncrementalGenerator
{
    private const string Attribute = "System.Text.RegularExpressions.GeneratedRegexAttribute";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var methods = context.SyntaxProvider.ForAttributeWithMetadataName(
            Attribute,
            static (_, _) => true,
            static (found, _) => Write((IMethodSymbol)found.TargetSymbol, found.Attributes[0]));
        context.RegisterSourceOutput(methods, static (output, file) => output.AddSource(file.Name, file.Text));
    }

    private static (string Name, string Text) Write(IMethodSymbol method, AttributeData attribute)
    {
        var type = method.ContainingType;
        var arguments = string.Join(", ", attribute.ConstructorArguments.Select(one => one.ToCSharpString()));
        return ($"{type.Name}.{method.Name}.g.cs", $$"""
            using System.Text.RegularExpressions;
            namespace {{type.ContainingNamespace.ToDisplayString()}}
            {
                partial class {{type.Name}}
                {
                    private static readonly Regex Its{{method.Name}} = new Regex({{arguments}});
                    private static partial Regex {{method.Name}}() => Its{{method.Name}};
                }
            }
            """);
    }
}
