using Jobs.Cli.Ports;
using Jobs.Core;

namespace Jobs.Cli.Doctor;

/// <summary>
/// Looks at the parts that a stack was given and that another app makes: whether what the stack puts out for each, the
/// command that prepares it, was carried out.
/// </summary>
internal sealed class GivenParts(ISurroundings surroundings, IAccount account, StackPlace place)
{
    private const string Alarms = "cloudwatch.amazonaws.com";

    /// <summary>One check for each; none where the stack makes all itself.</summary>
    public async Task<IReadOnlyList<Check>> LookAsync(CancellationToken cancellation)
    {
        (string Part, Func<Task<string?>> Fault)[] parts =
        [
            ("Bucket", () => BucketAsync(place.Output(OutputNames.Bucket), cancellation)),
            ("Cluster", () => ClusterAsync(place.Output(OutputNames.Cluster), cancellation)),
            ("AlertTopic", () => TopicAsync(place.Output(OutputNames.AlertTopic), cancellation)),
            ("Key", () => KeyAsync(place.Output(OutputNames.Key), cancellation)),
        ];
        return await Task.WhenAll(parts
            .Where(part => place.Outputs.ContainsKey(OutputNames.PreparePrefix + part.Part))
            .Select(part => CheckAsync($"given {part.Part}", OutputNames.PreparePrefix + part.Part, part.Fault)));
    }

    private Task<Check> CheckAsync(string name, string output, Func<Task<string?>> fault) => Examination.CheckAsync(
        name,
        async () => await fault() is { } wrong
            ? Check.Error(name, wrong, $"Its owner prepares it, once: {place.Output(output)}")
            : Check.Ok(name, "prepared"));

    private async Task<string?> BucketAsync(string bucket, CancellationToken cancellation) =>
        await surroundings.SendsEventsAsync(bucket, cancellation) switch
        {
            null => $"There is no bucket {bucket} in the stack's Region.",
            false => $"{bucket} does not tell EventBridge of its uploads, so they start nothing.",
            true => null,
        };

    private async Task<string?> ClusterAsync(string cluster, CancellationToken cancellation) =>
        await account.CapacityProvidersAsync(cluster, cancellation) switch
        {
            null => $"There is no cluster {cluster}.",
            var offered when offered.Contains("FARGATE") && offered.Contains("FARGATE_SPOT") => null,
            _ => $"{cluster} does not offer Fargate and Fargate Spot, so services and runs on Spot are refused.",
        };

    private async Task<string?> TopicAsync(string topic, CancellationToken cancellation) =>
        (await account.TopicPolicyAsync(topic, cancellation)).Contains(Alarms, StringComparison.Ordinal)
            ? null
            : $"{topic} does not let alarms publish, so they reach none of the admins.";

    private async Task<string?> KeyAsync(string key, CancellationToken cancellation) =>
        (await account.KeyPolicyAsync(key, cancellation)).Contains(Alarms, StringComparison.Ordinal)
            ? null
            : $"{key} does not let alarms use it, so they reach none of the admins.";
}
