using Jobs.Tests.Fuzz.Mutation;
using Jobs.Tests.Unit.Worker;
using Jobs.Worker;

namespace Jobs.Tests.Fuzz.Targets;

/// <summary>
/// Photos for photo-catalog: catalogued, or refused with the reason. What EXIF says wrongly is left out.
/// </summary>
internal sealed class PhotoTarget : IFuzzTarget
{
    private const string Key = "photos/a.jpg";

    // The parts that are read come first: pixels are no door.
    private const int MaxBytes = 6_000;

    public string Name => "photos";

    public IReadOnlyList<byte[]> Samples { get; } =
    [
        .. new[] { "Landscape_6.jpg", "Portrait_1.jpg", "Landscape_0.jpg" }
            .Select(name => Unit.Worker.Samples.Read($"photos/{name}")[..MaxBytes]),
        ExifJpeg.With(
            Unit.Worker.Samples.Read("photos/Portrait_1.jpg"),
            camera: [(0x010F, "Fujifilm"), (0x0110, "X-T5"), (0x0112, (ushort)6)],
            taken: [(0x9003, "2026:01:31 13:45:00"), (0x9011, "+02:00")],
            gps:
            [
                (1, "S"), (2, new[] { (33, 1), (51, 1), (2400, 100) }),
                (3, "E"), (4, new[] { (151, 1), (12, 1), (3600, 100) }),
                (5, (byte)1), (6, new[] { (125, 10) }),
            ],
            thumbnail: [(0x0112, (ushort)3)])[..MaxBytes],
    ];

    public IMutator Mutator { get; } = new ByteMutator(
        [
            "Exif\0\0"u8.ToArray(), "MM\0*"u8.ToArray(), "II*\0"u8.ToArray(), [0xFF, 0xE1], [0xFF, 0xD8], [0xFF, 0xDA],
            [0xFF, 0xC0], [0xFF, 0xFF], [0x88, 0x25], [0x87, 0x69], [0x01, 0x12],
        ],
        MaxBytes);

    public int InputsInTests => 1_500;

    public async Task TakeAsync(byte[] input, CancellationToken cancellation)
    {
        var env = new JobTestEnvironment { Objects = { [Key] = input } };
        try
        {
            var photo = await env.RunAsync(new PhotoCatalog(), env.Upload(Key), cancellation);
            if (photo.Width <= 0 || photo.Height <= 0) throw new FindingException($"It is {photo}.");
            if (photo.Place is { } place && !(Math.Abs(place.Latitude) <= 90 && Math.Abs(place.Longitude) <= 180))
                throw new FindingException($"It was taken at {place}.");
        }
        catch (JobFailedException e) when (e.Message.Length > 20)
        {
            // The run's reason.
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
