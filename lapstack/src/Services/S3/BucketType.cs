using System.Text.Json.Nodes;
using Lapstack.Ground;
using Lapstack.Template;

namespace Lapstack.Services.S3;

/// <summary>
/// AWS::S3::Bucket. Lifecycle and public access settings change nothing on a laptop, and of the encryption only its key
/// counts, whose policy Access asks; direct notifications are refused.
/// </summary>
internal sealed class BucketType(Buckets buckets) : IResourceType
{
    public string Type => "AWS::S3::Bucket";

    public ResourceIdentity Identify(ResourceDeclaration declaration)
    {
        var direct = (declaration.Properties["NotificationConfiguration"] as JsonObject ?? [])
            .Select(n => n.Key)
            .FirstOrDefault(n => n != "EventBridgeConfiguration");
        if (direct is not null)
            throw new TemplateException(
                $"{declaration.LogicalId}: NotificationConfiguration.{direct} is not supported locally. Turn on " +
                "EventBridgeConfiguration and use a rule.");

        var name = declaration.NameOr("BucketName", 63).ToLowerInvariant();
        return new(
            name,
            ("Arn", $"arn:aws:s3:::{name}"),
            ("DomainName", $"{name}.s3.amazonaws.com"),
            ("RegionalDomainName", $"{name}.s3.{declaration.Account.Region}.amazonaws.com"),
            ("DualStackDomainName", $"{name}.s3.dualstack.{declaration.Account.Region}.amazonaws.com"),
            ("WebsiteURL", $"http://{name}.s3-website-{declaration.Account.Region}.amazonaws.com"));
    }

    public Task CreateAsync(StackResource resource, Stack stack, CancellationToken cancellation)
    {
        var versioned = (string?)resource.Properties["VersioningConfiguration"]?["Status"] == "Enabled";
        var eventBridge =
            resource.Properties["NotificationConfiguration"]?["EventBridgeConfiguration"] is JsonObject configuration
            && configuration["EventBridgeEnabled"]?.ToString() is null or "true" or "True";
        buckets.Open(
            resource.Ref, versioned, eventBridge, new BucketSettings(resource.Properties, PolicyOf(resource, stack)));
        return Task.CompletedTask;
    }

    private static string? PolicyOf(StackResource bucket, Stack stack) => stack.OfType("AWS::S3::BucketPolicy")
        .LastOrDefault(
            policy => policy.Text("Bucket") == bucket.Ref)?.Properties["PolicyDocument"]?.ToJsonString(JsonText.Plain);
}
