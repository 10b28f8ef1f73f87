using System.Text;
using System.Text.Json.Nodes;
using Lapstack.Access;
using Lapstack.Ports;
using Lapstack.Services.Ecs.Definitions;
using Lapstack.Services.Ecs.Engines;
using Lapstack.Services.Ecs.Tasks;
using Lapstack.Wire;

namespace Lapstack.Services.Ecs.Running;

/// <summary>
/// The variables that a definition gives a container: the first file that has one counts, before files the definition,
/// before it the override, and secrets before all. Files and secrets are read as the execution role.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
/// </summary>
internal sealed class ContainerVariables(ISecretValues secrets, IObjects objects, IAuthorizer authorizer)
{
    private const string BucketArn = "arn:aws:s3:::";

    /// <exception cref="ContainerStartException">ResourceInitializationError: a value cannot be read.</exception>
    public async Task<Dictionary<string, string>> ReadAsync(
        TaskRecord task, ContainerDefinition container, CancellationToken cancellation)
    {
        var change = SizeOverrides.Of(task.Overrides, container.Name);
        var variables = new Dictionary<string, string>(container.Environment, StringComparer.Ordinal);
        foreach (var (name, value) in change?.Pairs("environment") ?? new Dictionary<string, string>())
            variables[name] = value;
        foreach (var file in FilesOf(container, change))
            foreach (var (name, value) in Parse(await ReadFileAsync(task, file, cancellation)))
                variables.TryAdd(name, value);
        foreach (var (name, from) in container.Secrets)
            variables[name] = await ReadSecretAsync(task, from, cancellation);
        return variables;
    }

    private static IEnumerable<string> FilesOf(
        ContainerDefinition container, JsonObject? change) =>
        change?["environmentFiles"] is null
            ? container.EnvironmentFiles
            : change.Structures("environmentFiles").Select(f => f.Text("value") ?? "");

    private async Task<string> ReadSecretAsync(TaskRecord task, string from, CancellationToken cancellation)
    {
        if (authorizer.AssumeExecutionRole(task) is not { } role)
        {
            throw new ContainerStartException(
                "ResourceInitializationError: unable to pull secrets or registry auth: the task definition has no " +
                "execution role.");
        }

        try
        {
            return await secrets.ReadAsync(role, from, cancellation);
        }
        catch (SecretException cannot)
        {
            throw new ContainerStartException($"ResourceInitializationError: {cannot.Message}");
        }
    }

    private async Task<string> ReadFileAsync(TaskRecord task, string arn, CancellationToken cancellation)
    {
        var place = arn.StartsWith(BucketArn, StringComparison.Ordinal) ? arn[BucketArn.Length..].Split('/', 2) : [];
        if (place is not [var bucket, var key]) throw NoFile($"{arn} is no ARN of an object in S3.");
        if (authorizer.AssumeExecutionRole(task) is not { } role)
            throw NoFile("the task definition has no execution role.");
        var refusal = authorizer.Refusal(role, new AccessRequest("s3:GetObject", $"{BucketArn}{bucket}/{key}"));
        if (refusal is not null) throw NoFile($"AccessDenied: {refusal}");
        var bytes = await objects.ReadAsync(bucket, key, cancellation);
        return bytes is not null
            ? Encoding.UTF8.GetString(bytes)
            : throw NoFile($"NoSuchKey: {arn} does not exist. Upload it: aws s3 cp YOUR.env s3://{bucket}/{key}");
    }

    /// <summary>One <c>NAME=value</c> a line, as it stands; lines that begin with # and empty ones do not
    /// count.</summary>
    private static IEnumerable<(string Name, string Value)> Parse(string file) =>
        from line in file.Split('\n')
        let text = line.TrimEnd('\r')
        where text.Length > 0 && !text.StartsWith('#')
        let end = text.IndexOf('=', StringComparison.Ordinal)
        where end > 0
        select (text[..end].Trim(), text[(end + 1)..]);

    private static ContainerStartException NoFile(string why) =>
        new($"ResourceInitializationError: failed to download env files: file download command: {why}");
}
