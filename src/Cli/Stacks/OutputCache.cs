using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Jobs.Cli.Stacks;

/// <summary>
/// Remembers for an hour where a stack is, so that a read needs no DescribeStacks: names and URLs, nothing secret. Whatever is wrong with
/// a file in it, the stack is looked up again.
/// </summary>
/// <param name="folder">Made when it is first written to.</param>
internal sealed class OutputCache(string folder, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>The user's own: XDG_CACHE_HOME, else what the system calls local application data.</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "jobs");

    public StackPlace? Find(Target target, string? name)
    {
        try
        {
            var known = JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(target, name)), StackJson.Default.CachedPlace);
            return known is { Place.Outputs: not null } && known.ReadAt + Life > clock.GetUtcNow() && known.ReadAt <= clock.GetUtcNow() ? known.Place : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Keep(Target target, string? name, StackPlace place)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var file = FileOf(target, name);
            // Written beside and moved, so that nobody reads half of it.
            var half = $"{file}.{Environment.ProcessId}";
            File.WriteAllBytes(half, JsonSerializer.SerializeToUtf8Bytes(new CachedPlace(clock.GetUtcNow(), place), StackJson.Default.CachedPlace));
            File.Move(half, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a cache it is slower, and that is all.
        }
    }

    private string FileOf(Target target, string? name)
    {
        var identity = $"{target.Endpoint}\n{target.Region}\n{target.Identity}\n{name}";
        return Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..24]}.json");
    }
}
