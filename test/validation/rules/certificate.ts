/** A certificate made for these tests, and what its key, since thrown away, signed: the Bundle of the tests in its canonical forms. */

export const certificate =
  'MIIDHTCCAgWgAwIBAgIUW6exIPlZY2xl1zkOcIVhFKRDM7UwDQYJKoZIhvcNAQELBQAwHTEbMBkGA1UEAwwSdGVzdCBvZiBzaWduYXR1cmVzMC' +
  'AXDTI2MTEyNTA5NDAwNFoYDzIxMjYxMTAxMDk0MDA0WjAdMRswGQYDVQQDDBJ0ZXN0IG9mIHNpZ25hdHVyZXMwggEiMA0GCSqGSIb3DQEBAQUA' +
  'A4IBDwAwggEKAoIBAQCePWv1zRfm05wbqflNdC3IJisRyKH7AoB5lRz85NMzBBL+ROutffJ8DrmoEQaAHxpRzXDR4cHIJO15gNqpYdPI0xH96N' +
  '2BZ087i/89nxugwNY5q0Ue9r+UG/j3PBQGbx3zifWjecDmYxulB6Cn1JxNTJYH0OizV2iohncaoTl8lMjuxKULIO1Rj7ai2/uEsRAouKUcFeiI' +
  'tSyDAGgMuP6XgDtuZtzmecIh5eXiSiEzxEMEUnyQV20CefDr3sQMubtjHxvJtbnw3NHe0yfc5xGNNA8CLUhgn7QmP1jHaELqTNxR6urW26+f0Z' +
  'aVVn/m6QYRg4182qEu5QJop1i+ttD/AgMBAAGjUzBRMB0GA1UdDgQWBBRVcTHifwct43Zb24RXpTYcgH7wnjAfBgNVHSMEGDAWgBRVcTHifwct' +
  '43Zb24RXpTYcgH7wnjAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQCHec9CGp3QmiNCizZf3q9+sJOlPMg6oHnqJSs6boWgsU' +
  'bTo7wM3S8q5IFsWvAF4Mx3DY+vZD6hnJTZhyqluREFnIQJtcRd6KT8zZT8WHXYI3vJ1+ycvGiz4arhZcRSUUYYG3UrRULAgyiZYd2gq6hFpImh' +
  '86sX5u00ip2zkbdlGzlLMmLEMMJXibzXFWB7hQt3NYp5O33LZ+7VN1Rxuna6SxZzMgAcl5GeoKA4lVg6LKKoxhIOBKNcMxQ+PHnZjNMhjA4uUb' +
  'j0v1q1KmELBgOwRt5Wwzk2ho3UDqhU/gLMY2tc1xpFppiJ9OKeTjzJw8HssBORfk3bscVHNCmqyR4c';

/** With id and meta. */
export const plainSignature =
  'Ho6fWHJ0tmzw47dXdqMEUhkie5-tMd3VjcESdIxZ2S_b7MMn7bM9M_4sFQ5rlLPZNqIe_sh3w-xUZ3vP02Pe0C6XacaVV44vBTTnfQs7Q7TfBH' +
  '7FumK8E5xoBq8GiCPlhOrolGAsGRFhFq0MEsB5p0CGmV4LyltRowGIeg8X4upA3GaERWuCocTzpO7M0EmD6M6uLT1kA6TVeh0NhHJn1pFSgdva' +
  'FnBMA0IrXgdR2Mx6p8zixbwljnjJP4g0yLGBra8ZSblP8xGfUL_4kl9FbvCaQRl6yyHAjY4kAAfMwU_LsCwkEbnh6CkiEnAQbYioF959sgYVXS' +
  '4nqtSQm0-MSw';

/** Without them. */
export const documentSignature =
  'D1l1hiesTiU3KHJiORyy_Tgn3xkxR_1pylyD9DRbKYzTJ-lgS8-3qKxyTSDiKuZ_fDJdWL9vSU8FyK1ALalWM8a-3o7aK-cQ4MfXgfgr1WFAmp' +
  'Q8D9t6QEtSAmAnYHngmtupvFvLLMP8w-zdZVoZ3WFDjgTJ1CS5SsH5JsHrtvrxPCvsXRa-AdxrvPgfmN_aQtg4SSmw25LlY0VrXXCxql6HVAat' +
  'YXkjCbA4eWUerhli7qP_IRCRDGUEAGaoAojQSZOsyyA8zIWXDNGNTF4iD4Azc4czF5rNbaLGLeuQe_LmOFDc8m-QnXO7bCHSkXRxXqO_3QRI1J' +
  '9I9W1pbO4mmA';
