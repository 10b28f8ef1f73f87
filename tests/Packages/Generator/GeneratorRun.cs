using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using LambdaGenerator = Amazon.Lambda.Annotations.SourceGenerator.Generator;

namespace Jobs.Tests.Packages.Generator;

/// <summary>
/// What the generator made of some sources, compiled with everything that this test project references.
/// </summary>
internal sealed record GeneratorRun(
    Compilation Compilation, IReadOnlyDictionary<string, string> Sources, IReadOnlyList<Diagnostic> Diagnostics)
{
    private static readonly string[] Available = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator);

    public IEnumerable<Diagnostic> CompilationErrors =>
        Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    public static GeneratorRun Of(OutputKind output, params string[] sources) =>
        Run(Compile(output, Available, sources));

    public static GeneratorRun Without(string assembly, OutputKind output, params string[] sources) =>
        Run(Compile(output, Available.Where(path => Path.GetFileNameWithoutExtension(path) != assembly), sources));

    /// <summary>Why each output was produced in a second run, after a class that is no function was added.</summary>
    public static IEnumerable<IncrementalStepRunReason> StepsAfterAnUnrelatedEdit(params string[] sources)
    {
        var compilation = Compile(OutputKind.ConsoleApplication, Available, sources);
        var options = new GeneratorDriverOptions(
            IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true);
        var driver = CSharpGeneratorDriver.Create([new LambdaGenerator().AsSourceGenerator()], driverOptions: options)
            .RunGenerators(compilation)
            .RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("public class Unrelated { }")));
        return driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value)
            .SelectMany(step => step.Outputs)
            .Select(it => it.Reason);
    }

    /// <summary>A type as reflection would name it, without namespaces.</summary>
    public static string Name(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => Name(array.ElementType) + "[]",
        INamedTypeSymbol { IsGenericType: true } generic =>
            $"{generic.Name}<{string.Join(", ", generic.TypeArguments.Select(Name))}>",
        _ => type.Name,
    };

    private static GeneratorRun Run(Compilation compilation)
    {
        var driver = CSharpGeneratorDriver.Create(new LambdaGenerator())
            .RunGeneratorsAndUpdateCompilation(compilation, out var after, out _);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new GeneratorRun(
            after,
            result.GeneratedSources.ToDictionary(it => it.HintName, it => it.SourceText.ToString()),
            result.Diagnostics);
    }

    private static CSharpCompilation Compile(
        OutputKind output, IEnumerable<string> references, string[] sources) => CSharpCompilation.Create(
        "App",
        sources.Select(source => CSharpSyntaxTree.ParseText(source)),
        references.Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable));
}
