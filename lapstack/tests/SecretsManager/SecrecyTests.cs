using System.Collections.Concurrent;
using System.Text;
using Lapstack.Ground;
using Lapstack.Tests.Processes;
using Lapstack.Tests.Ssm;
using Lapstack.Tests.Stacks;
using Lapstack.Wire;

namespace Lapstack.Tests.SecretsManager;

/// <summary>A value is in its store and in the answer to who may read it, and nowhere else.</summary>
public sealed class SecrecyTests
{
    private const string Value = "Xk7-geheim-Xk7";

    [Fact]
    public async Task Value_is_written_nowhere_but_to_its_store_and_told_to_no_observer()
    {
        var (entries, calls) = (new ConcurrentQueue<ActivityEntry>(), new ConcurrentQueue<ApiCall>());
        var folder = Directory.CreateTempSubdirectory("emulated-").FullName;
        EmulatedStack.Write(folder, Template);
        var options = EmulatedStack.Options(folder) with
        {
            OnActivity = entries.Enqueue,
            OnCall = calls.Enqueue,
            UserSecrets = new Dictionary<string, string> { ["Acme/Own"] = Value },
        };
        await using var stack = await EmulatedStack.StartAsync(folder, options);
        await UseAsync(stack);

        var stores = (string[])["ssm", "secretsmanager"];
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "in-use")
            .Select(file => (Place: Path.GetRelativePath(folder, file), Text: File.ReadAllText(file)))
            .Where(file => file.Text.Contains(Value, StringComparison.Ordinal))
            .Select(file => file.Place.Split(Path.DirectorySeparatorChar)[1])
            .ToHashSet();
        Assert.Equal(stores.Order(), files.Order());
        Assert.Contains(entries, entry => entry.Kind == "AccessDenied");
        Assert.DoesNotContain(
            entries, entry => Has($"{entry.Message} {string.Join(' ', entry.Details?.Values ?? [])}"));
        Assert.Contains(calls, call => call.Operation == "PutParameter");
        Assert.DoesNotContain(calls, call => Has(Encoding.UTF8.GetString(call.Body.Span)));
    }

    [SystemFact(SystemFactAttribute.Linux, SystemFactAttribute.MacOS)]
    public async Task Only_the_owner_may_read_the_stores()
    {
        await using var stack = await EmulatedStack.StartAsync("{}");
        await stack.PutAsync("p", Value);
        await stack.CreateAsync("s", Value);

        foreach (var store in (string[])["ssm", "secretsmanager"])
        {
            var folder = Path.Combine(stack.Folder, "state", store);
            var all = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder);
            Assert.All(all, path => Assert.Equal(
                Directory.Exists(path)
                    ? UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
                    : UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ModeOf(path)));
            Assert.Contains(all, File.Exists);
        }
    }

    private static async Task UseAsync(EmulatedStack stack)
    {
        await stack.PutAsync("p", Value, "SecureString");
        await stack.CreateAsync("s", Value);
        Assert.Equal(Value, await stack.SecretValueAsync("Acme/Own"));
        Assert.Equal(Value, await stack.ParameterValueAsync("p"));
        var role = stack.As("Powerless");
        // Refused for what it is, for who asks, and for being broken.
        string[] broken =
        [
            $$"""{"Name":"q","Value":["{{Value}}"],"Type":"String"}""",
            $$"""{"Name":"q","Value":"{{Value}}""",
        ];
        foreach (var input in broken)
        {
            var answer = await stack.SsmAsync("PutParameter", input);
            Assert.Equal((400, false), (answer.Status, Has(answer.Body)));
        }

        Assert.Equal(400, (await stack.SsmAsync(
            "PutParameter", $$"""{"Name":"q","Value":"{{Value}}","Type":"String","AllowedPattern":"^y"}""")).Status);
        Assert.Equal(400, (await stack.SecretsAsync(
            "PutSecretValue", $$"""{"SecretId":"s","SecretString":"{{Value}}"}""", role)).Status);
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows()
        ? throw new PlatformNotSupportedException()
        : File.GetUnixFileMode(path);

    private static bool Has(string text) => text.Contains(Value, StringComparison.Ordinal);

    private const string Template = """
        {
          "Own": { "Type": "AWS::SecretsManager::Secret", "Properties": { "Name": "Acme/Own", "GenerateSecretString": {} } },
          "Powerless": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "powerless", "AssumeRolePolicyDocument": {} } }
        }
        """;
}
