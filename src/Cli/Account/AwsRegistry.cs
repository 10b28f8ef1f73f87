using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Jobs.Cli.Ports;
using Jobs.Cli.Stacks;

namespace Jobs.Cli.Account;

/// <summary>ECR by its own protocol. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/Welcome.html</summary>
/// <param name="to">Calls of a target.</param>
internal sealed class AwsRegistry(Target target, Func<Target, SignedCalls> to) : IRegistry
{
    private const string NoImage = "ImageNotFoundException";

    public static AwsRegistry Of(Target target, TimeProvider clock) =>
        new(target, there => SignedCalls.To(there, clock));

    /// <summary>https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html</summary>
    public async Task<bool> HasAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        try
        {
            await CallAsync(image, "DescribeImages", json =>
            {
                json.WriteStartArray("imageIds");
                json.WriteStartObject();
                json.WriteString("imageTag", image.Tag);
                json.WriteEndObject();
                json.WriteEndArray();
            }, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.ErrorCode == NoImage)
        {
            return false;
        }
    }

    /// <summary>https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html</summary>
    public async Task<string> PasswordAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        using var calls = to(target with { Region = image.Region });
        var answer = await calls.JsonAsync("ecr", Operation("GetAuthorizationToken"), _ => { }, cancellation);
        var token = SignedCalls.Read(
            answer, json => json.GetProperty("authorizationData")[0].GetProperty("authorizationToken").GetString()!);
        // User and password, with a colon between.
        return Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split(':', 2)[1];
    }

    /// <summary>https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageScanFindings.html</summary>
    public async Task<ImageScan?> ScanAsync(WorkerImageBuild image, CancellationToken cancellation)
    {
        var findings = new List<ImageFinding>();
        string? page = null;
        while (true)
        {
            string answer;
            try
            {
                answer = await CallAsync(image, "DescribeImageScanFindings", json =>
                {
                    json.WriteStartObject("imageId");
                    json.WriteString("imageTag", image.Tag);
                    json.WriteEndObject();
                    if (page is not null) json.WriteString("nextToken", page);
                }, cancellation);
            }
            catch (AmazonServiceException e) when (e.ErrorCode == "ScanNotFoundException")
            {
                return null;
            }

            var (scan, next) = SignedCalls.Read(answer, json => (ScanAnswer.Read(json), ScanAnswer.NextOf(json)));
            findings.AddRange(scan.Findings);
            if (next is null) return scan with { Findings = findings };
            page = next;
        }
    }

    /// <summary>https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-retag.html</summary>
    public async Task TagAsync(WorkerImageBuild image, string tag, CancellationToken cancellation)
    {
        var answer = await CallAsync(image, "BatchGetImage", json =>
        {
            json.WriteStartArray("imageIds");
            json.WriteStartObject();
            json.WriteString("imageTag", image.Tag);
            json.WriteEndObject();
            json.WriteEndArray();
        }, cancellation);
        var manifest = SignedCalls.Read(answer, ManifestOf)
            ?? throw new AmazonServiceException($"{image.Uri} is not there.") { ErrorCode = NoImage };
        try
        {
            await CallAsync(image, "PutImage", json =>
            {
                json.WriteString("imageManifest", manifest.Text);
                if (manifest.Type is { } type) json.WriteString("imageManifestMediaType", type);
                json.WriteString("imageTag", tag);
            }, cancellation);
        }
        catch (AmazonServiceException e) when (e.ErrorCode is "ImageAlreadyExistsException")
        {
            // The same image has the tag already.
        }
    }

    private static Manifest? ManifestOf(JsonElement json) => json.GetProperty("images") is var images
        && images.GetArrayLength() > 0
            ? new(
                images[0].GetProperty("imageManifest").GetString()!,
                images[0].TryGetProperty("imageManifestMediaType", out var type) ? type.GetString() : null)
            : null;

    private async Task<string> CallAsync(
        WorkerImageBuild image, string operation, Action<Utf8JsonWriter> write, CancellationToken cancellation)
    {
        using var calls = to(target with { Region = image.Region });
        return await calls.JsonAsync("ecr", Operation(operation), json =>
        {
            json.WriteString("registryId", image.Account);
            json.WriteString("repositoryName", image.Repository);
            write(json);
        }, cancellation);
    }

    private static string Operation(string name) => $"AmazonEC2ContainerRegistry_V20150921.{name}";

    private sealed record Manifest(string Text, string? Type);
}
