using System.Diagnostics;
using Lapstack.Tests.CloudWatch;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.SecretsManager;

/// <summary>The commands that set and read values, as people type them.</summary>
public sealed class AwsCliTests
{
    [AwsCliFact]
    public async Task Aws_cli_sets_and_reads_a_parameter_and_a_secret()
    {
        // By the true time: the CLI signs with it.
        await using var stack = await EmulatedStack.StartAsync("{}");

        await RunAsync(stack, "ssm put-parameter --name /acme/password --type SecureString --value geheim");
        await RunAsync(stack, "secretsmanager create-secret --name Acme/Database --secret-string one");
        await RunAsync(stack, "secretsmanager put-secret-value --secret-id Acme/Database --secret-string two");

        Assert.Equal("geheim", await RunAsync(
            stack, "ssm get-parameter --name /acme/password --with-decryption --query Parameter.Value"));
        Assert.Equal("two", await RunAsync(
            stack, "secretsmanager get-secret-value --secret-id Acme/Database --query SecretString"));
        Assert.Equal("Acme/Database", await RunAsync(
            stack, "secretsmanager list-secrets --query SecretList[].Name"));
        Assert.Equal("/acme/password", await RunAsync(
            stack, "ssm get-parameters-by-path --path /acme --query Parameters[].Name"));
    }

    private static async Task<string> RunAsync(EmulatedStack stack, string command)
    {
        var start = new ProcessStartInfo("aws", $"{command} --output text --endpoint-url {stack.Url}")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_DEFAULT_REGION"] = "us-east-1",
                ["AWS_ACCESS_KEY_ID"] = "anything",
                ["AWS_SECRET_ACCESS_KEY"] = "anything",
            },
        };
        using var cli = Process.Start(start)!;
        var printed = cli.StandardOutput.ReadToEndAsync();
        Assert.Equal("", await cli.StandardError.ReadToEndAsync());
        return (await printed).Trim();
    }
}
