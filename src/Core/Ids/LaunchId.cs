using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jobs.Core.Runs;

namespace Jobs.Core.Ids;

/// <summary>
/// Names one launch of a run: <c>&lt;run&gt;/&lt;number&gt;</c>, ECS's <c>startedBy</c>. The number grows with every
/// RunTask whose predecessor's answer is known; while an answer is unknown the same launch is sent again.
/// </summary>
public readonly record struct LaunchId(RunId Run, int Number)
{
    /// <summary>RunTask's clientToken: 64 characters, the limit, the same for the same launch.</summary>
    public string ClientToken => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    /// <summary>A number that is spread evenly over launches and the same for the same launch everywhere.</summary>
    public uint Hash => BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ToString())));

    /// <summary>
    /// Reads ECS's <c>startedBy</c>. False for a task that is not a run's: a service's, or one started by other means.
    /// </summary>
    public static bool TryParse(string? startedBy, out LaunchId id)
    {
        id = default;
        var slash = startedBy?.LastIndexOf('/') ?? -1;
        if (slash < 0 || !RunId.TryParse(startedBy![..slash], out var run)) return false;
        if (!int.TryParse(startedBy.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        id = new LaunchId(run, number);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Run}/{Number}");
}
