using System.Text.Json.Nodes;
using Amazon.Runtime;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.SecretsManager;

/// <summary>Calls of Secrets Manager.</summary>
internal static class SecretCalls
{
    public static Task<SignedCall.Answer> SecretsAsync(
        this EmulatedStack stack, string operation, string input, AWSCredentials? caller = null) =>
        stack.JsonAsync("secretsmanager", $"secretsmanager.{operation}", input, caller);

    /// <summary>Makes a secret.</summary>
    /// <returns>Its ARN and the id of its version.</returns>
    public static async Task<(string Arn, string Version)> CreateAsync(
        this EmulatedStack stack, string name, string value)
    {
        var answer = await stack.SecretsAsync(
            "CreateSecret", new JsonObject { ["Name"] = name, ["SecretString"] = value }.ToJsonString());
        Assert.Equal(200, answer.Status);
        return ((string)answer.Json["ARN"]!, (string)answer.Json["VersionId"]!);
    }

    /// <summary>Puts another value.</summary>
    /// <param name="stage">Null for the current one.</param>
    /// <returns>The id of its version.</returns>
    public static async Task<string> PutValueAsync(
        this EmulatedStack stack, string name, string value, string? stage = null)
    {
        var input = new JsonObject { ["SecretId"] = name, ["SecretString"] = value };
        if (stage is not null) input["VersionStages"] = new JsonArray(stage);
        var answer = await stack.SecretsAsync("PutSecretValue", input.ToJsonString());
        Assert.Equal(200, answer.Status);
        return (string)answer.Json["VersionId"]!;
    }

    /// <param name="more">Members behind the id, such as <c>,"VersionStage":"AWSPREVIOUS"</c>.</param>
    public static async Task<string?> SecretValueAsync(this EmulatedStack stack, string id, string more = "") =>
        (string?)(await stack.SecretsAsync("GetSecretValue", $$"""{"SecretId":"{{id}}"{{more}}}"""))
            .Json["SecretString"];

    public static string? Code(this SignedCall.Answer answer) => (string?)answer.Json["__type"];
}
