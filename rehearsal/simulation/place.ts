/** Where a resolver stands, as Route 53 sees it: by the address that a query comes from. */
export interface Place {
  /** The AWS region beside it, by which it is named. */
  readonly name: string;
  /** Degrees, north and east positive. */
  readonly latitude: number;
  readonly longitude: number;
  readonly continent: "AF" | "AN" | "AS" | "EU" | "OC" | "NA" | "SA";
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** A state of the USA; Route 53 knows few other subdivisions. */
  readonly subdivision?: string;
}

/** A place and how many resolvers stand there, compared with the weights beside it. */
export interface PlaceShare {
  readonly place: Place;
  readonly weight: number;
}

/**
 * The cities beside AWS's regions, to a tenth of a degree. Good enough to tell which region is nearer; AWS publishes
 * no exact place of any.
 */
const PLACES: readonly Place[] = [
  at("us-east-1", 39.0, -77.5, "NA", "US", "VA"),
  at("us-east-2", 40.0, -83.0, "NA", "US", "OH"),
  at("us-west-1", 37.4, -121.9, "NA", "US", "CA"),
  at("us-west-2", 45.8, -119.7, "NA", "US", "OR"),
  at("ca-central-1", 45.5, -73.6, "NA", "CA"),
  at("ca-west-1", 51.0, -114.1, "NA", "CA"),
  at("mx-central-1", 20.6, -100.4, "NA", "MX"),
  at("sa-east-1", -23.5, -46.6, "SA", "BR"),
  at("eu-west-1", 53.3, -6.3, "EU", "IE"),
  at("eu-west-2", 51.5, -0.1, "EU", "GB"),
  at("eu-west-3", 48.9, 2.4, "EU", "FR"),
  at("eu-central-1", 50.1, 8.7, "EU", "DE"),
  at("eu-central-2", 47.4, 8.5, "EU", "CH"),
  at("eu-north-1", 59.3, 18.1, "EU", "SE"),
  at("eu-south-1", 45.5, 9.2, "EU", "IT"),
  at("eu-south-2", 41.6, -0.9, "EU", "ES"),
  at("af-south-1", -33.9, 18.4, "AF", "ZA"),
  at("il-central-1", 32.1, 34.8, "AS", "IL"),
  at("me-south-1", 26.1, 50.6, "AS", "BH"),
  at("me-central-1", 25.2, 55.3, "AS", "AE"),
  at("ap-south-1", 19.1, 72.9, "AS", "IN"),
  at("ap-south-2", 17.4, 78.5, "AS", "IN"),
  at("ap-southeast-1", 1.4, 103.8, "AS", "SG"),
  at("ap-southeast-2", -33.9, 151.2, "OC", "AU"),
  at("ap-southeast-3", -6.2, 106.8, "AS", "ID"),
  at("ap-southeast-4", -37.8, 145.0, "OC", "AU"),
  at("ap-southeast-5", 3.1, 101.7, "AS", "MY"),
  at("ap-southeast-6", -36.8, 174.8, "OC", "NZ"),
  at("ap-southeast-7", 13.8, 100.5, "AS", "TH"),
  at("ap-east-1", 22.3, 114.2, "AS", "HK"),
  at("ap-east-2", 25.0, 121.6, "AS", "TW"),
  at("ap-northeast-1", 35.7, 139.7, "AS", "JP"),
  at("ap-northeast-2", 37.6, 127.0, "AS", "KR"),
  at("ap-northeast-3", 34.7, 135.5, "AS", "JP"),
];

function at(
  name: string,
  latitude: number,
  longitude: number,
  continent: Place["continent"],
  country: string,
  subdivision?: string,
): Place {
  return { name, latitude, longitude, continent, country, ...(subdivision && { subdivision }) };
}

/** The place beside an AWS region; undefined for a region that is not listed here. */
export function placeBeside(region: string): Place | undefined {
  return PLACES.find(({ name }) => name === region);
}

/** Where whoever asks stands unless something says otherwise. */
export const HOME_PLACE = placeBeside("us-east-1") as Place;

/**
 * Where resolvers stand where a scenario does not say: beside each region, evenly. Nobody counts the resolvers of
 * the internet by these places, so the figures of a set that looks at them are of this spread alone.
 */
export const EVENLY_SPREAD: readonly PlaceShare[] = PLACES.map((place) => ({ place, weight: 1 }));

const EARTH_RADIUS_KM = 6_371;

/** The great-circle distance in km (haversine formula, on a sphere). */
export function distanceKm(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (difference: number) => Math.sin(radians(difference) / 2) ** 2;
  const chord =
    half(b.latitude - a.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(b.longitude - a.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}
