using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lapstack.Tests.House;

/// <summary>A file of one folder names a type of another, or a member of it.</summary>
/// <param name="From">Relative to the source, with forward slashes; empty for the source itself.</param>
/// <param name="Text">For the person who has to turn it round.</param>
internal sealed record Arrow(string From, string To, string Text)
{
    private const string Implicit = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly IReadOnlyList<SyntaxTree> Files = [.. Sources()];

    /// <summary>Every folder that has source.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. Files.Select(file => FolderOf(file.FilePath)).Distinct()];

    public static IReadOnlyList<Arrow> All { get; } = [.. Read()];

    private static IEnumerable<SyntaxTree> Sources([CallerFilePath] string here = "")
    {
        var source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src"));
        return from path in Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
               let relative = Path.GetRelativePath(source, path).Replace('\\', '/')
               where relative.Split('/')[0] is not ("bin" or "obj")
               select CSharpSyntaxTree.ParseText(File.ReadAllText(path), path: relative);
    }

    /// <summary>As the compiler understands it: a name alone does not say whose it is.</summary>
    private static ParallelQuery<Arrow> Read()
    {
        var libraries = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Lapstack", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        var usings = CSharpSyntaxTree.ParseText(Implicit);
        var compilation = CSharpCompilation.Create("floors", [usings, .. Files], libraries);
        return Files.AsParallel().SelectMany(file => Of(file, compilation.GetSemanticModel(file))).Distinct();
    }

    private static IEnumerable<Arrow> Of(SyntaxTree file, SemanticModel model) =>
        from name in file.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
        let symbol = model.GetSymbolInfo(name).Symbol
        let type = symbol as INamedTypeSymbol ?? symbol?.ContainingType
        let home = type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath
        where !string.IsNullOrEmpty(home) && FolderOf(home) != FolderOf(file.FilePath)
        select new Arrow(FolderOf(file.FilePath), FolderOf(home), $"{file.FilePath} knows {home}");

    private static string FolderOf(string file) =>
        file.Contains('/', StringComparison.Ordinal) ? file[..file.LastIndexOf('/')] : "";
}
