using Lapstack.Ground;

namespace Lapstack.Services.SecretValues;

/// <summary>The commands that set a value.</summary>
internal sealed class SettingHelp(LapstackEndpoint endpoint)
{
    public string Parameter(string name) => Sentence(
        $"aws ssm put-parameter --name {name} --type SecureString --value VALUE", name);

    /// <param name="isNew">Whether there is no secret of this name.</param>
    public string Secret(string name, bool isNew) => Sentence(
        isNew
            ? $"aws secretsmanager create-secret --name {name} --secret-string VALUE"
            : $"aws secretsmanager put-secret-value --secret-id {name} --secret-string VALUE",
        name);

    public static string Member(string name, string key) =>
        $"Set it for the next start: dotnet user-secrets set \"{name}:{key}\" VALUE";

    private string Sentence(string command, string name) =>
        $"Set it: {command} --endpoint-url {endpoint.Base} (or, for the next start: dotnet user-secrets set " +
        $"\"{name}\" VALUE)";
}
