using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.S3;

/// <summary>
/// Buckets whose uploads a rule waits for and that the template does not make: each is there, empty at first, without
/// versions and with its events on.
/// </summary>
internal sealed class ExistingBuckets(Buckets buckets, Activity activity) : IExistingResources
{
    public void Open(Stack stack)
    {
        foreach (var name in stack.OfType("AWS::Events::Rule").SelectMany(NamesIn).Distinct())
        {
            if (buckets.Find(name) is not null) continue;
            buckets.Open(name, versioned: false, eventBridge: true, BucketSettings.None);
            activity.Report(
                "S3", "Existing", $"Bucket {name} is not the stack's: one without versions is here in its place.");
        }
    }

    private static IEnumerable<string> NamesIn(StackResource rule)
    {
        if (rule.Properties["EventPattern"] is not JsonObject pattern || !Texts(pattern["source"]).Contains("aws.s3"))
        {
            return [];
        }

        return Texts(((pattern["detail"] as JsonObject)?["bucket"] as JsonObject)?["name"]);
    }

    /// <summary>What a field must be; its other filters name nothing.</summary>
    private static IEnumerable<string> Texts(JsonNode? filters) =>
        (filters as JsonArray ?? []).OfType<JsonValue>().Select(one => one.ToString());
}
