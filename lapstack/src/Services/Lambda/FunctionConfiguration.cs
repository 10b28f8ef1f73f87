using System.Text.Json.Nodes;
using Lapstack.Template;

namespace Lapstack.Services.Lambda;

/// <summary>A function as its template declares it.</summary>
/// <param name="CodeFolder">Absolute: the asset's folder, which is <c>/var/task</c> on AWS.</param>
/// <param name="MemoryMiB">128 to 10,240; default 128.</param>
/// <param name="Timeout">1 to 900 seconds; default 3.</param>
/// <param name="ReservedConcurrency">Null: none reserved.</param>
internal sealed record FunctionConfiguration(
    string Name,
    string Arn,
    string Runtime,
    string Handler,
    string CodeFolder,
    string RoleArn,
    string LogGroup,
    int MemoryMiB,
    TimeSpan Timeout,
    int? ReservedConcurrency,
    string? DeadLetterArn,
    string Description,
    IReadOnlyDictionary<string, string> Environment)
{
    public static FunctionConfiguration From(StackResource resource, CloudAssembly assembly)
    {
        var key = Nested(resource, "Code", "S3Key")?.GetValue<string>()
                ?? throw new TemplateException(
                    $"Function {resource.LogicalId} has no code asset. Use lambda.Code.FromAsset of a folder.");
        var folder = assembly.FindFile(key);
        if (!Directory.Exists(folder))
            throw new TemplateException(
                $"The code of function {resource.LogicalId} is the file {folder}. Give Code.FromAsset the folder " +
                "instead of an archive.");

        return new FunctionConfiguration(
            resource.Ref,
            resource.Attribute("Arn"),
            resource.Text("Runtime")!,
            resource.Text("Handler")!,
            folder,
            resource.Text("Role") ?? throw new TemplateException($"Function {resource.LogicalId} has no Role."),
            Nested(resource, "LoggingConfig", "LogGroup")?.GetValue<string>() ?? $"/aws/lambda/{resource.Ref}",
            resource.Number("MemorySize") ?? 128,
            TimeSpan.FromSeconds(resource.Number("Timeout") ?? 3),
            resource.Number("ReservedConcurrentExecutions"),
            Nested(resource, "DeadLetterConfig", "TargetArn")?.GetValue<string>(),
            resource.Text("Description") ?? "",
            (Nested(resource, "Environment", "Variables") as JsonObject ?? [])
                .ToDictionary(v => v.Key, v => v.Value!.ToString(), StringComparer.Ordinal));
    }

    private static JsonNode? Nested(StackResource resource, string property, string member) =>
        resource.Properties[property]?[member];
}
