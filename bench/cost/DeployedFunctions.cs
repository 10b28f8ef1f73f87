using System.Text.Json.Nodes;

namespace Jobs.Bench.Cost;

/// <summary>The functions that handle runs, as the stack has them: those with an inbox.</summary>
/// <param name="IsNative">Otherwise they are managed.</param>
internal sealed record DeployedFunctions(double Gigabytes, bool IsNative)
{
    private static readonly string[] Handlers = ["OnUpload", "OnSchedule", "OnCommand", "OnTaskStopped"];

    public string Name => IsNative ? "native" : "managed";

    /// <summary>Seconds of a warm invocation besides waiting.</summary>
    public double OwnSeconds => IsNative ? Assumptions.NativeSeconds : Assumptions.ManagedSeconds;

    public static DeployedFunctions Of(JsonObject template)
    {
        var all = template["Resources"]!.AsObject().Select(resource => resource.Value!)
            .Where(resource => (string?)resource["Type"] == "AWS::Lambda::Function")
            .Select(function => function["Properties"]!)
            .Where(function => Handlers.Contains(
                (string?)function["Environment"]?["Variables"]?["ANNOTATIONS_HANDLER"]))
            .ToList();
        return new DeployedFunctions(
            all.Max(function => (int)function["MemorySize"]!) / 1024.0,
            all.TrueForAll(function => (string?)function["Runtime"] == "provided.al2023"));
    }
}
