using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>From the compiler's symbols to the generator's models.</summary>
internal static class ModelReader
{
    private const string Annotations = "Amazon.Lambda.Annotations.";
    private const string SerializerAttribute = "Amazon.Lambda.Core.LambdaSerializerAttribute";
    private const string Context = "Amazon.Lambda.Core.ILambdaContext";
    private const string Sqs = "Amazon.Lambda.SQSEvents.";

    public static FunctionModel Function(GeneratorAttributeSyntaxContext context, CancellationToken stop)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var type = method.ContainingType;
        var space = type.ContainingNamespace;
        var returns = Returns(method);
        return new FunctionModel(
            space.IsGlobalNamespace ? "" : space.ToDisplayString(),
            type.Name,
            FullName(type),
            method.Name,
            returns,
            FullName(method.ReturnType),
            new Values<Parameter>(method.Parameters.Select(ReadParameter)),
            Serializer(method) ?? "",
            context.Attributes[0].NamedArguments.Any(
                argument => argument.Key == "PackageType" && argument.Value.Value is 1),
            new Values<Problem>(FunctionProblems(method)),
            Place.Of(context.TargetNode));
    }

    public static StartupModel Startup(GeneratorAttributeSyntaxContext context, CancellationToken stop)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var methods = type.GetMembers().OfType<IMethodSymbol>().ToList();
        return new StartupModel(
            FullName(type),
            methods.Any(method => method.Name == "ConfigureServices" && method.Parameters.Length == 1
                    && method.Parameters[0].Type.ToDisplayString() ==
                        "Microsoft.Extensions.DependencyInjection.IServiceCollection"),
            methods.Any(method => method.Name == "ConfigureHostBuilder"),
            Place.Of(context.TargetNode));
    }

    public static AssemblyModel Assembly(Compilation compilation, CancellationToken stop)
    {
        var global = Attribute(compilation.Assembly, Annotations + "LambdaGlobalPropertiesAttribute");
        var settings = global?.NamedArguments.ToDictionary(argument => argument.Key, argument => argument.Value.Value)
            ?? new Dictionary<string, object?>();
        settings.TryGetValue("GenerateMain", out var generateMain);
        settings.TryGetValue("Runtime", out var runtime);
        return new AssemblyModel(
            compilation.AssemblyName ?? "",
            Serializer(compilation.Assembly) ?? "",
            generateMain is true,
            runtime as string ?? "",
            compilation.Options.OutputKind == OutputKind.ConsoleApplication,
            compilation.ReferencedAssemblyNames.Any(reference => reference.Name == "Amazon.Lambda.RuntimeSupport"),
            generateMain is true && compilation.GetEntryPoint(stop) is not null);
    }

    private static Parameter ReadParameter(IParameterSymbol parameter)
    {
        var kind = parameter.Type.ToDisplayString() == Context ? ParameterKind.Context
            : Attribute(parameter, Annotations + "FromServicesAttribute") is not null ? ParameterKind.Service
            : ParameterKind.Event;
        return new Parameter(parameter.Name, FullName(parameter.Type), kind);
    }

    private static ReturnKind Returns(IMethodSymbol method) =>
        method.ReturnsVoid ? ReturnKind.Nothing
        : method.ReturnType.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" => ReturnKind.Task,
            "System.Threading.Tasks.Task<TResult>" => ReturnKind.TaskOfValue,
            _ => ReturnKind.Value,
        };

    private static IEnumerable<Problem> FunctionProblems(IMethodSymbol method)
    {
        var events = method.GetAttributes().Select(attribute => attribute.AttributeClass?.ToDisplayString())
            .Where(
                name =>
                    name is Annotations + "SQS.SQSEventAttribute" or Annotations + "Schedule.ScheduleEventAttribute")
                .Distinct()
                .ToList();
        if (events.Count > 1) yield return new Problem(Problems.SeveralEvents, "");
        else if (events.Count == 1 && events[0]!.EndsWith("SQSEventAttribute"))
        {
            foreach (var problem in SqsProblems(method)) yield return problem;
        }
    }

    private static IEnumerable<Problem> SqsProblems(IMethodSymbol method)
    {
        var parameters = method.Parameters.Select(parameter => parameter.Type.ToDisplayString()).ToList();
        var fits = parameters.Count is 1 or 2
            && parameters[0] == Sqs + "SQSEvent"
            && (parameters.Count == 1 || parameters[1] == Context);
        if (!fits)
        {
            yield return new Problem(
                Problems.WrongSignature, "The parameters must be (SQSEvent) or (SQSEvent, ILambdaContext).");
        }

        var result = method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } generic
            && Returns(method) == ReturnKind.TaskOfValue
            ? generic.TypeArguments[0]
            : method.ReturnType;
        var returns = method.ReturnsVoid
            || Returns(method) == ReturnKind.Task
            || result.ToDisplayString() == Sqs + "SQSBatchResponse";
        if (!returns)
        {
            yield return new Problem(
                Problems.WrongSignature, "It must return void, Task, SQSBatchResponse or Task<SQSBatchResponse>.");
        }
    }

    private static string? Serializer(ISymbol symbol) =>
        Attribute(symbol, SerializerAttribute)?.ConstructorArguments.FirstOrDefault().Value is ITypeSymbol type
            ? FullName(type)
            : null;

    private static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == name);

    private static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
