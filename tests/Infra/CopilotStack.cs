using System.Reflection;
using System.Runtime.Loader;
using Amazon.CDK;
using Jobs.Cli.Import;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Jobs.Tests.Infra;

/// <summary>The project that an import of Copilot's manifests writes: compiled, loaded, synthesized.</summary>
internal static class CopilotStack
{
    /// <summary>Files that the SDK writes for a project with ImplicitUsings.</summary>
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly string Workspace = Path.Combine(AppContext.BaseDirectory, "Copilot");

    private static readonly Lazy<Type> LazyStack = new(() => Load(Workspace));

    /// <summary>The manifests with every field, in one of their environments.</summary>
    public static Synthesis In(string environment) => Synthesis.OfApp(
        app => Add(LazyStack.Value, app),
        new Dictionary<string, object> { ["environment"] = environment });

    /// <summary>What the compiler says of it, warnings too.</summary>
    public static IReadOnlyList<string> Diagnostics(string workspace) =>
    [
        .. Compile(workspace).GetDiagnostics().Where(found => found.Severity >= DiagnosticSeverity.Warning)
            .Select(found => found.ToString()),
    ];

    private static void Add(Type stack, App app) => Activator.CreateInstance(
        stack, BindingFlags.Instance | BindingFlags.Public, null, [app, "jobs", Synthesis.AnyRunner], null);

    private static Type Load(string workspace)
    {
        using var assembly = new MemoryStream();
        var emitted = Compile(workspace).Emit(assembly);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        assembly.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(assembly).GetType($"{SourceText.Namespace}.JobsStack", true)!;
    }

    private static CSharpCompilation Compile(string workspace)
    {
        // Paths in it are from the folder of cdk.json, which is where an app runs, as this one does here.
        var project = new CopilotImport(CopilotWorkspace.Find(workspace), Directory.GetCurrentDirectory()).Convert();
        var sources = project.Files.Where(file => file.Name.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => file.Text).Append(ImplicitUsings);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(
            "JobsFromCopilot",
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            references,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }
}
