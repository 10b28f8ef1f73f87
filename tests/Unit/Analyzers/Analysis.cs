extern alias analyzers;

using System.Reflection;
using System.Runtime.Loader;
using analyzers::Jobs.Analyzers;
using Jobs.Core.Definitions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Jobs.Tests.Unit.Analyzers;

/// <summary>Sources compiled as an author's project is, with what this test project references.</summary>
internal sealed class Analysis
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Jobs;
        """;

    private static readonly IReadOnlyList<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("Jobs.Analyzers.dll" or "Jobs.Worker.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly CSharpCompilation _compilation;

    private Analysis(CSharpCompilation compilation) => _compilation = compilation;

    public static Analysis Of(params IEnumerable<string> sources) => new(CSharpCompilation.Create(
        "Acme.Worker",
        sources.Append(Usings).Select(text => CSharpSyntaxTree.ParseText(text)),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>What does not compile.</summary>
    public IEnumerable<Diagnostic> Broken => _compilation.GetDiagnostics()
        .Where(one => one.Severity == DiagnosticSeverity.Error);

    /// <summary>What the analyzer reports, in the order of the source.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ReportedAsync() =>
    [
        .. (await _compilation.WithAnalyzers([new DeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync())
            .OrderBy(one => one.Location.SourceSpan.Start),
    ];

    /// <summary>What synthesis says of the same classes.</summary>
    public IReadOnlyList<string> Synthesized()
    {
        Assert.Empty(Broken);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            using var image = new MemoryStream();
            Assert.True(_compilation.Emit(image).Success);
            image.Position = 0;
            return Synthesized(context.LoadFromStream(image));
        }
        finally
        {
            context.Unload();
        }
    }

    private static IReadOnlyList<string> Synthesized(Assembly assembly)
    {
        try
        {
            var definitions = JobDefinitions.FromAssembly(assembly);
            return [.. DefinitionRules.Check("shop", definitions).Select(one => one.ToString())];
        }
        catch (JobDeclarationException e)
        {
            return [e.Message];
        }
    }
}
