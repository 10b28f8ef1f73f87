using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Jobs.Core.Runs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Jobs.Tests.Simulation.Mutants;

/// <summary>Compiles Core from its source with mutations. Everything but the mutated files is parsed once.</summary>
internal sealed class CoreCompiler
{
    private const string AssemblyName = "Jobs.Core";

    // What the project file and the SDK give every file.
    private const string Implicit = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The simulation was built against this one.
    private static readonly string Version =
        $"[assembly: System.Reflection.AssemblyVersion(\"{typeof(Run).Assembly.GetName().Version}\")]";

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);

    private readonly CSharpCompilation _compilation;
    private readonly Dictionary<string, SyntaxTree> _files;

    public CoreCompiler()
    {
        _files = Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Source, file))
            .Where(
                file =>
                    !file.StartsWith("obj", StringComparison.Ordinal)
                        && !file.StartsWith("bin", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Parse(File.ReadAllText(Path.Combine(Source, file))));
        var bare = CSharpCompilation.Create(
            AssemblyName,
            [Parse(Implicit), Parse(Version), .. _files.Values],
            Framework(),
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        _compilation = (CSharpCompilation)Generate(bare);
    }

    private static string Source { get; } = FolderAbove();

    /// <exception cref="InvalidOperationException">The fragment is gone, or what it became does not
    /// compile.</exception>
    public byte[] Compile(Mutant mutant) =>
        Emit(mutant == Mutant.None ? _compilation : Mutate(mutant), $"The mutant '{mutant}'");

    /// <summary>One Core with all mutants that a choice in a body can hold.</summary>
    /// <returns>The assembly, and the number by which each mutant in it is awake.</returns>
    /// <exception cref="InvalidOperationException">A fragment is gone, or what one became does not
    /// compile.</exception>
    public (byte[] Image, IReadOnlyDictionary<Mutant, int> Numbers) CompileTogether(IEnumerable<Mutant> mutants)
    {
        var numbers = new Dictionary<Mutant, int>();
        var compilation = _compilation.AddSyntaxTrees(Parse(MutantWeaver.SwitchSource));
        foreach (var file in mutants.GroupBy(mutant => mutant.File))
        {
            var tree = TreeOf(file.First());
            var edits = (
                from mutant in file
                let place = PlaceOf(mutant, tree)
                let body = MutantWeaver.BodyAt(tree.GetRoot(), place)
                where body is not null
                select (body, edit: (Number: numbers[mutant] = numbers.Count + 1, place, mutant.Replacement)))
                .ToLookup(one => one.body, one => one.edit);
            compilation = compilation.ReplaceSyntaxTree(tree, Parse(MutantWeaver.Weave($"{tree}", edits)));
        }

        return (Emit(compilation, "Core with its mutants"), numbers);
    }

    private static byte[] Emit(CSharpCompilation compilation, string what)
    {
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException(
                $"{what} does not compile: " +
                $"{string.Join("; ", result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(5))}");
    }

    private CSharpCompilation Mutate(Mutant mutant)
    {
        var tree = TreeOf(mutant);
        var (text, place) = ($"{tree}", PlaceOf(mutant, tree));
        return _compilation.ReplaceSyntaxTree(
            tree, Parse($"{text[..place.Start]}{mutant.Replacement}{text[place.End..]}"));
    }

    private SyntaxTree TreeOf(Mutant mutant) =>
        _files.TryGetValue(mutant.File, out var tree) ? tree : throw Outdated(mutant, "its file is gone");

    private static TextSpan PlaceOf(Mutant mutant, SyntaxTree tree) => Spread(mutant.Original).Matches($"{tree}") switch
    {
        [var found] => new TextSpan(found.Index, found.Length),
        var all => throw Outdated(
            mutant, $"its original fragment occurs {all.Count} times in {mutant.File}, not once"),
    };

    /// <summary>Finds the fragment however its lines are broken.</summary>
    private static Regex Spread(string fragment) => new(
        string.Join(
            @"\s*",
            fragment.Where(letter => !char.IsWhiteSpace(letter)).Select(letter => Regex.Escape(letter.ToString()))),
        RegexOptions.CultureInvariant);

    private static InvalidOperationException Outdated(Mutant mutant, string why) =>
        new(
            $"The mutant '{mutant}' is out of date: {why}. Give it the fragment that now does the same in Core, or " +
            "retire it with what it mutated.");

    private static SyntaxTree Parse(string text) => CSharpSyntaxTree.ParseText(text, Parsing);

    private static IEnumerable<MetadataReference> Framework() =>
        from file in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        let name = Path.GetFileName(file)
        where name.StartsWith("System.", StringComparison.Ordinal) || name is "mscorlib.dll" or "netstandard.dll"
        select MetadataReference.CreateFromFile(file);

    /// <summary>Runs the framework's source generators once; a mutation changes nothing that they read.</summary>
    private static Compilation Generate(Compilation compilation)
    {
        var paths = typeof(CoreCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(data => data.Key == "Generator")
            .Select(data => data.Value!);
        var generators = paths.SelectMany(path => LoadableTypes(Assembly.LoadFrom(path)))
            .Where(
                type =>
                    !type.IsAbstract
                        && type.GetCustomAttribute<GeneratorAttribute>() is not null
                        && typeof(IIncrementalGenerator).IsAssignableFrom(type))
            .Select(type => ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator());
        CSharpGeneratorDriver.Create(generators, parseOptions: Parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return generated;
    }

    // Beside a generator lie code fixes, which need assemblies that only editors have.
    private static IEnumerable<Type> LoadableTypes(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e)
        {
            return e.Types.OfType<Type>();
        }
    }

    private static string FolderAbove([CallerFilePath] string here = "")
    {
        var folder = Directory.GetParent(here)!;
        while (!File.Exists(Path.Combine(folder.FullName, "jobs.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "src", "Core");
    }
}
