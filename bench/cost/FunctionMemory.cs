using System.Text.Json;
using Jobs.Local;

namespace Jobs.Bench.Cost;

/// <summary>The memory that the stack gives the functions which handle runs.</summary>
internal static class FunctionMemory
{
    public static double GigabytesOf(Workspace workspace)
    {
        using var template = JsonDocument.Parse(File.ReadAllText(Directory.GetFiles(workspace.CloudAssembly, "*.template.json").Single()));
        return template.RootElement.GetProperty("Resources").EnumerateObject()
            .Where(resource => resource.Value.GetProperty("Type").GetString() == "AWS::Lambda::Function")
            .Where(function => function.Name.Contains("OnUpload", StringComparison.Ordinal) || function.Name.Contains("OnTaskStopped", StringComparison.Ordinal))
            .Max(function => function.Value.GetProperty("Properties").GetProperty("MemorySize").GetInt32()) / 1024.0;
    }
}
