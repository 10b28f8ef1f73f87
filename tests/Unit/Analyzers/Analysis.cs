extern alias analyzers;

using System.Reflection;
using System.Runtime.Loader;
using analyzers::Jobs.Analyzers;
using analyzers::Jobs.Analyzers.Generation;
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
        sources.Append(Usings).Select((text, index) => CSharpSyntaxTree.ParseText(text, path: $"{index}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable)));

    /// <summary>What does not compile.</summary>
    public IEnumerable<Diagnostic> Broken => _compilation.GetDiagnostics()
        .Where(one => one.Severity == DiagnosticSeverity.Error);

    /// <summary>With what the generator writes, which is none of the files that were given.</summary>
    public (Analysis Whole, string? Written) Generated()
    {
        CSharpGeneratorDriver.Create(new RegistrationGenerator())
            .RunGeneratorsAndUpdateCompilation(_compilation, out var whole, out var told);
        Assert.Empty(told);
        var written = whole.SyntaxTrees.Except(_compilation.SyntaxTrees).SingleOrDefault();
        return (new Analysis((CSharpCompilation)whole), written?.ToString());
    }

    /// <summary>How the generator came to its output when a file was added: a word for each file of it.</summary>
    public IEnumerable<IncrementalStepRunReason> GeneratedAgain(string added)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new RegistrationGenerator().AsSourceGenerator()],
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(_compilation)
            .RunGenerators(_compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(added)));
        return driver.GetRunResult().Results.Single().TrackedOutputSteps.Values
            .SelectMany(steps => steps).SelectMany(step => step.Outputs).Select(output => output.Reason);
    }

    /// <summary>What is done with the assembly that this becomes, while it is loaded.</summary>
    public T Loaded<T>(Func<Assembly, T> look)
    {
        Assert.Empty(Broken);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            using var image = new MemoryStream();
            Assert.True(_compilation.Emit(image).Success);
            image.Position = 0;
            return look(context.LoadFromStream(image));
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>What is reported of a program that is published so: <c>PublishAot</c>, or what else is said.</summary>
    public async Task<IReadOnlyList<string>> TrimmedAsync(string property = "PublishAot", string value = "true")
    {
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new BuildProperties(property, value)),
            onAnalyzerException: null,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false);
        var reported = await new CompilationWithAnalyzers(_compilation, [new TrimAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync();
        return [.. reported.Select(one => $"{one.Id} {one.GetMessage()}").Order(StringComparer.Ordinal)];
    }

    /// <summary>What the analyzer reports, in the order of the source.</summary>
    public async Task<IReadOnlyList<Diagnostic>> ReportedAsync() =>
    [
        .. (await _compilation.WithAnalyzers([new DeclarationAnalyzer()]).GetAnalyzerDiagnosticsAsync())
            .OrderBy(one => one.Location.SourceSpan.Start),
    ];

    /// <summary>What synthesis says of the same classes.</summary>
    public IReadOnlyList<string> Synthesized() => Loaded(Synthesized);

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
