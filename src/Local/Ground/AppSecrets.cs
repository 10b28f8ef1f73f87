using System.Xml;
using System.Xml.Linq;
using Jobs.Apps;
using Microsoft.Extensions.Configuration;

namespace Jobs.Local.Ground;

/// <summary>
/// What the user keeps for an app by <c>dotnet user-secrets</c>: values of parameters and secrets, by their names.
/// https://learn.microsoft.com/aspnet/core/security/app-secrets
/// </summary>
internal static class AppSecrets
{
    /// <summary>None where there is no app, or its project has no <c>UserSecretsId</c>.</summary>
    /// <param name="folder">Of the app's <c>cdk.json</c>.</param>
    /// <exception cref="AppException">They cannot be read. The message has no value.</exception>
    public static IReadOnlyDictionary<string, string> Of(string folder)
    {
        if (!File.Exists(Path.Combine(folder, CdkApp.FileName))
            || CdkApp.Read(folder).Project is not { } project
            || IdOf(project) is not { Length: > 0 } id)
        {
            return new Dictionary<string, string>();
        }

        try
        {
            return new ConfigurationBuilder().AddUserSecrets(id, reloadOnChange: false).Build().AsEnumerable()
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        }
        catch (InvalidDataException)
        {
            throw new AppException(
                $"The user secrets of {project} are no JSON object. Mend secrets.json in the folder '{id}' of your " +
                "user secrets, or delete it.");
        }
    }

    private static string? IdOf(string project)
    {
        try
        {
            return XDocument.Load(project).Descendants("UserSecretsId").FirstOrDefault()?.Value.Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or XmlException)
        {
            // The build says what is wrong with a project.
            return null;
        }
    }
}
