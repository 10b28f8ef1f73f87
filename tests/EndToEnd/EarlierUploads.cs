using System.Text.Json.Nodes;
using Jobs.Core.Ids;
using Jobs.Core.Triggers;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>A running stack whose bucket has objects that are older than the triggers they match.</summary>
public sealed class EarlierUploads : IAsyncLifetime
{
    private readonly LaptopSettings _settings = new() { State = JobsLaptop.NewFolder() };

    /// <summary>The stack as it is now.</summary>
    internal JobsLaptop Stack { get; private set; } = null!;

    /// <summary>Of each key, the run that its upload would have made.</summary>
    internal Dictionary<string, RunId> Runs { get; } = [];

    /// <summary>Of each key, what the rule would have sent.</summary>
    internal Dictionary<string, string> Messages { get; } = [];

    public async Task InitializeAsync()
    {
        var before = new Untriggered(_settings);
        await before.InitializeAsync();
        foreach (var key in (string[])["brief/earlier/a", "brief/earlier/b +ü%", "brief/earlier/c", "brief/letters/d"])
        {
            await UploadAsync(before, key);
        }

        await before.StopAsync();
        Stack = new JobsLaptop(_settings);
        await Stack.InitializeAsync();
    }

    public Task DisposeAsync() => Stack.DisposeAsync();

    private async Task UploadAsync(RunningLaptop stack, string key)
    {
        var put = await stack.Laptop.S3.PutObjectAsync(
            new() { BucketName = stack.Laptop.Bucket, Key = key, ContentBody = $"content of {key}" });
        Runs[key] = UploadIntake.Identify("brief", new Upload(stack.Laptop.Bucket, key) { VersionId = put.VersionId });
        Messages[key] = new JsonObject
        {
            ["job"] = "brief",
            ["trigger"] = "brief/*",
            ["event"] = new JsonObject
            {
                ["source"] = "aws.s3",
                ["detail-type"] = "Object Created",
                ["detail"] = new JsonObject
                {
                    ["bucket"] = new JsonObject { ["name"] = stack.Laptop.Bucket },
                    ["object"] = new JsonObject { ["key"] = key, ["version-id"] = put.VersionId },
                },
            },
        }.ToJsonString();
    }

    /// <summary>The same stack, with the rules for uploads switched off.</summary>
    private sealed class Untriggered(LaptopSettings settings) : JobsLaptop(settings)
    {
        private protected override async Task<string?> CloudAssemblyAsync()
        {
            var assembly = (await base.CloudAssemblyAsync())!;
            var folder = NewFolder();
            foreach (var asset in Directory.GetDirectories(assembly))
            {
                Directory.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(asset)), asset);
            }

            foreach (var file in Directory.GetFiles(assembly))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            var template = Directory.GetFiles(folder, "*.template.json").Single();
            var json = JsonNode.Parse(await File.ReadAllTextAsync(template))!;
            foreach (var (_, resource) in json["Resources"]!.AsObject())
            {
                var isUploads = (string)resource!["Type"]! == "AWS::Events::Rule"
                    && resource["Properties"]!["EventPattern"]?.ToJsonString()
                        .Contains("aws.s3", StringComparison.Ordinal) == true;
                if (isUploads) resource["Properties"]!["State"] = "DISABLED";
            }

            await File.WriteAllTextAsync(template, json.ToJsonString());
            return folder;
        }
    }
}
