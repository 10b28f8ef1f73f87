using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Amazon.Lambda.Annotations.SourceGenerator;

/// <summary>Misuse, with the official generator's ids.</summary>
internal static class Problems
{
    public const string SeveralStartups = "AWSLambda0101";
    public const string SeveralEvents = "AWSLambda0102";
    public const string MissingReference = "AWSLambda0104";
    public const string NotGenerated = "AWSLambda0107";
    public const string NoSerializer = "AWSLambda0108";
    public const string NotExecutable = "AWSLambda0111";
    public const string UnknownRuntime = "AWSLambda0112";
    public const string NoFunctions = "AWSLambda0113";
    public const string MainExists = "AWSLambda0114";
    public const string WrongSignature = "AWSLambda0117";
    public const string HandlerTooLong = "AWSLambda0118";
    public const string TwoConfigureMethods = "AWSLambda0119";

    private static readonly Dictionary<string, DiagnosticDescriptor> Descriptors = new[]
    {
        Error(
            SeveralStartups,
            "Several classes have [LambdaStartup]. An assembly may have one: merge their ConfigureServices."),
        Error(
            SeveralEvents,
            "The function has several event attributes. It may have one: split it into a function for each."),
        Error(MissingReference, "GenerateMain needs a reference to {0}. Add the package."),
        Error(NotGenerated, "{0}"),
        Error(
            NoSerializer,
            "No serializer is given. Add [assembly: LambdaSerializer(typeof(…))], for instance of " +
            "Amazon.Lambda.Serialization.SystemTextJson."),
        Error(
            NotExecutable, "GenerateMain is set but the project's output is not an executable. Set OutputType to Exe."),
        Error(
            UnknownRuntime, "The runtime '{0}' is not known. Use provided.al2, provided.al2023, dotnet8 or dotnet10."),
        Error(NoFunctions, "GenerateMain is set but no method has [LambdaFunction]. Add a function."),
        Error(MainExists, "GenerateMain is set but the project has a Main of its own. Remove it."),
        Error(WrongSignature, "The signature does not fit [SQSEvent]: {0}"),
        Error(
            HandlerTooLong,
            "The handler '{0}' is longer than the 127 characters that Lambda takes. Shorten namespace, class or " +
            "method name."),
        Error(TwoConfigureMethods, "The startup class has both ConfigureServices and ConfigureHostBuilder. Keep one."),
    }.ToDictionary(descriptor => descriptor.Id);

    public static Diagnostic At(string id, Place? place, string argument = "") =>
        Diagnostic.Create(Descriptors[id], place?.Location ?? Location.None, argument);

    private static DiagnosticDescriptor Error(string id, string message) =>
        new(
            id,
            "Lambda annotations",
            message,
            "AWSLambdaCSharpGenerator",
            DiagnosticSeverity.Error,
            isEnabledByDefault: true);
}
