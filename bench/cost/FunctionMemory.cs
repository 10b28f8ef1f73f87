using System.Text.Json.Nodes;

namespace Jobs.Bench.Cost;

/// <summary>The memory that the stack gives the functions which handle runs.</summary>
internal static class FunctionMemory
{
    public static double GigabytesOf(JsonObject template) => template["Resources"]!.AsObject()
        .Where(resource => (string?)resource.Value!["Type"] == "AWS::Lambda::Function")
        .Where(function => function.Key.Contains("OnUpload", StringComparison.Ordinal)
            || function.Key.Contains("OnTaskStopped", StringComparison.Ordinal))
        .Max(function => (int)function.Value!["Properties"]!["MemorySize"]!) / 1024.0;
}
