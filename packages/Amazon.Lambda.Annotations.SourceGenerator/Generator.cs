using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>
/// For each <c>[LambdaFunction]</c> a class <c>{Type}_{Method}_Generated</c>, and with <c>GenerateMain</c> a
/// <c>GeneratedProgram</c> that runs the one named by ANNOTATIONS_HANDLER. The official generator also writes a
/// CloudFormation template; this one does not.
/// </summary>
[Generator]
public sealed class Generator : IIncrementalGenerator
{
    private const int LongestHandler = 127;

    private static readonly string[] Runtimes = ["", "provided.al2", "provided.al2023", "dotnet8", "dotnet10"];

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var functions = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Amazon.Lambda.Annotations.LambdaFunctionAttribute", static (_, _) => true, ModelReader.Function).Collect();
        var startups = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Amazon.Lambda.Annotations.LambdaStartupAttribute", static (_, _) => true, ModelReader.Startup).Collect();
        var assembly = context.CompilationProvider.Select(ModelReader.Assembly);
        context.RegisterSourceOutput(
            functions.Combine(startups).Combine(assembly),
            static (output, all) => Generate(output, all.Left.Left, all.Left.Right, all.Right));
    }

    private static void Generate(
        SourceProductionContext output, ImmutableArray<FunctionModel> functions, ImmutableArray<StartupModel> startups,
        AssemblyModel assembly)
    {
        var problems = AssemblyProblems(functions, startups, assembly)
            .Concat(functions.SelectMany(function => FunctionProblems(function, startups, assembly)))
            .ToList();
        problems.ForEach(output.ReportDiagnostic);
        if (problems.Count > 0) return;

        foreach (var function in functions)
        {
            var source = WrapperWriter.Write(function, startups.FirstOrDefault(), Serializer(function, assembly));
            output.AddSource($"{function.Wrapper}.g.cs", source);
        }
        if (assembly.GenerateMain)
        {
            output.AddSource(
                "Program.g.cs", ProgramWriter.Write(functions, function => Serializer(function, assembly)));
        }
    }

    private static string Serializer(FunctionModel function, AssemblyModel assembly) =>
        function.Serializer.Length > 0 ? function.Serializer : assembly.Serializer;

    private static IEnumerable<Diagnostic> AssemblyProblems(
        ImmutableArray<FunctionModel> functions, ImmutableArray<StartupModel> startups, AssemblyModel assembly)
    {
        if (startups.Length > 1)
        {
            foreach (var startup in startups) yield return Problems.At(Problems.SeveralStartups, startup.Place);
        }
        foreach (var startup in startups.Where(startup => startup.ConfiguresHost))
        {
            yield return startup.ConfiguresServices
                ? Problems.At(Problems.TwoConfigureMethods, startup.Place)
                : Problems.At(
                    Problems.NotGenerated,
                    startup.Place,
                    "The stand-in generates no host builder variant. Use ConfigureServices(IServiceCollection).");
        }
        if (!Runtimes.Contains(assembly.Runtime))
        {
            yield return Problems.At(Problems.UnknownRuntime, null, assembly.Runtime);
        }

        if (!assembly.GenerateMain) yield break;
        if (!assembly.IsExecutable) yield return Problems.At(Problems.NotExecutable, null);
        if (!assembly.HasRuntimeSupport)
        {
            yield return Problems.At(Problems.MissingReference, null, "Amazon.Lambda.RuntimeSupport");
        }

        if (functions.IsEmpty) yield return Problems.At(Problems.NoFunctions, null);
        if (assembly.HasMain) yield return Problems.At(Problems.MainExists, null);
    }

    private static IEnumerable<Diagnostic> FunctionProblems(
        FunctionModel function, ImmutableArray<StartupModel> startups, AssemblyModel assembly)
    {
        foreach (var problem in function.Problems.Items)
        {
            yield return Problems.At(problem.Id, function.Place, problem.Argument);
        }

        if (function.Parameters.Items.Any(parameter => parameter.Kind == ParameterKind.Service)
            && !startups.Any(startup => startup.ConfiguresServices))
            yield return Problems.At(
                Problems.NotGenerated,
                function.Place,
                "[FromServices] needs a [LambdaStartup] class with ConfigureServices(IServiceCollection).");
        if (Serializer(function, assembly).Length == 0) yield return Problems.At(Problems.NoSerializer, function.Place);
        var handler = assembly.GenerateMain
            ? assembly.Name
            : $"{assembly.Name}::{function.WrapperFullName}::{function.Method}";
        if (!function.InImage && handler.Length > LongestHandler)
        {
            yield return Problems.At(Problems.HandlerTooLong, function.Place, handler);
        }
    }
}
