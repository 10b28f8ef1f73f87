using System.Text.Json.Nodes;
using Amazon.Runtime;
using Lapstack.Tests.Stacks;

namespace Lapstack.Tests.Ssm;

/// <summary>Calls of Parameter Store.</summary>
internal static class SsmCalls
{
    public static Task<SignedCall.Answer> SsmAsync(
        this EmulatedStack stack, string operation, string input, AWSCredentials? caller = null) =>
        stack.JsonAsync("ssm", $"AmazonSSM.{operation}", input, caller);

    /// <summary>Puts a parameter, a String unless said otherwise.</summary>
    public static async Task PutAsync(this EmulatedStack stack, string name, string value, string type = "String")
    {
        var answer = await stack.SsmAsync(
            "PutParameter", $$"""{"Name":"{{name}}","Value":"{{value}}","Type":"{{type}}","Overwrite":true}""");
        Assert.Equal(200, answer.Status);
    }

    /// <summary>The parameter, decrypted.</summary>
    public static async Task<JsonNode> ParameterAsync(this EmulatedStack stack, string name) =>
        (await stack.SsmAsync("GetParameter", $$"""{"Name":"{{name}}","WithDecryption":true}"""))
            .Json["Parameter"]!;

    public static async Task<string?> ParameterValueAsync(this EmulatedStack stack, string name) =>
        (string?)(await stack.ParameterAsync(name))["Value"];
}
