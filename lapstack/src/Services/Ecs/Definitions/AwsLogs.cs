using System.Text.Json.Nodes;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Definitions;

/// <summary>The options of the awslogs driver.</summary>
/// <param name="CreateGroup">Whether a missing group is made rather than an error.</param>
internal sealed record AwsLogs(string Group, string StreamPrefix, bool CreateGroup)
{
    /// <summary>Null when the container has no log configuration: its output is not kept then, as on Fargate.</summary>
    public static AwsLogs? Read(JsonObject configuration)
    {
        if (configuration.Text("logDriver") != "awslogs") return null;
        var options = configuration.Structure("options");
        return new AwsLogs(
            options.Text("awslogs-group") ?? "",
            options.Text("awslogs-stream-prefix") ?? "",
            options.Text("awslogs-create-group") == "true");
    }

    public string StreamOf(string container, string taskId) => $"{StreamPrefix}/{container}/{taskId}";
}
