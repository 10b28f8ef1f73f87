using System.Globalization;
using Jobs.Cdk.Commons;
using Jobs.Core;
using Jobs.Core.Metrics;

namespace Jobs.Cdk.Functions;

/// <summary>What every function is told.</summary>
internal sealed class FunctionEnvironment(Shared shared, JobRunnerProps props)
{
    public Dictionary<string, string> All()
    {
        var environment = Places();
        if (shared.Alerts.Successes is { } topic) environment[EnvironmentNames.SuccessTopic] = topic.TopicArn;
        if (shared.Alerts.HasChat) environment[EnvironmentNames.Chat] = "1";
        if (Metrics() is { } metrics) environment[EnvironmentNames.Metrics] = metrics;
        AddLimits(environment);
        foreach (var (name, value) in shared.Tracing?.ForFunctions() ?? []) environment[name] = value;
        return environment;
    }

    private string? Metrics() => props.Metrics switch
    {
        JobMetrics.None => MetricsText.None,
        JobMetrics.ByJob => MetricsText.ByJob,
        _ => null,
    };

    private Dictionary<string, string> Places() => new()
    {
        [EnvironmentNames.Stack] = shared.StackName,
        [EnvironmentNames.RunsTable] = shared.Storage.Runs.TableName,
        [EnvironmentNames.ResultsTable] = shared.Storage.Results.TableName,
        [EnvironmentNames.Bucket] = shared.Storage.Bucket.BucketName,
        [EnvironmentNames.Cluster] = shared.Compute.Cluster.ClusterArn,
        [EnvironmentNames.Subnets] = shared.Compute.Network.SubnetIds,
        [EnvironmentNames.SecurityGroups] = string.Join(',', shared.Compute.Network.SecurityGroups),
        [EnvironmentNames.AssignPublicIp] = shared.Compute.Network.AssignPublicIp,
        [EnvironmentNames.AlertTopic] = shared.Alerts.Topic.TopicArn,
    };

    private void AddLimits(Dictionary<string, string> environment)
    {
        var rate = props.LaunchRate;
        environment[EnvironmentNames.LaunchBurst] = Text(rate.LaunchBurst);
        environment[EnvironmentNames.LaunchesPerSecond] = Text(rate.LaunchesPerSecond);
        if (props.MaxVcpus is { } vcpus) environment[EnvironmentNames.MaxVcpus] = Text(vcpus);
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
