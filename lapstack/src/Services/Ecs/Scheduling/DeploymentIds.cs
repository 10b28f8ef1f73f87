using System.Buffers.Binary;
using System.Globalization;
using Lapstack.Ground;

namespace Lapstack.Services.Ecs.Scheduling;

/// <summary>Ids of deployments as ECS makes them: <c>ecs-svc/</c> and 19 digits.</summary>
internal static class DeploymentIds
{
    private const ulong Digits = 10_000_000_000_000_000_000;

    public static string New(Ids ids) =>
        "ecs-svc/" +
            (BinaryPrimitives.ReadUInt64BigEndian(ids.Bytes(8)) % Digits).ToString("D19", CultureInfo.InvariantCulture);
}
